/** What the next page says once of the cart. */
export type CartNote =
  /** Two carts became one at a log-in; of these things not all found room. */
  | {
      readonly kind: 'merged';
      readonly changes: readonly { readonly title: string; readonly wanted: number; readonly kept: number }[];
      readonly more: number;
    }
  /** A line was removed, and can be put back. */
  | {
      readonly kind: 'removed';
      readonly title: string;
      readonly variantId: string;
      readonly quantity: number;
    }
  /** Many things were put into it at once; some could not be. */
  | { readonly kind: 'filled'; readonly added: number; readonly left: number }
  /** A code was refused that was entered on a page without scripts. */
  | { readonly kind: 'code'; readonly error: string; readonly code: string };
