/** The ways to pay that the sandbox knows, by Stripe's names, and what each can do. */

export interface MethodKind {
  type: MethodType;
  label: string;
  /** Said beside the choice. */
  hint: string;
  /** Whether the shopper leaves for the provider's own page to agree. */
  isRedirect: boolean;
  /** Whether money can be held and captured later. */
  canBeHeld: boolean;
  /** Whether it can be kept for later payments. */
  canBeSaved: boolean;
  /** Lowercase codes; all of them when absent. */
  currencies?: readonly string[];
  /** What the payment must say of the payer, as paths in `billing_details`. */
  needs: readonly ('email' | 'name' | 'country' | 'line1' | 'postal_code')[];
}

export const methodTypes = ['card', 'link', 'klarna', 'afterpay_clearpay', 'paypal', 'sepa_debit'] as const;
export type MethodType = (typeof methodTypes)[number];

const card: MethodKind = {
  type: 'card',
  label: 'Card',
  hint: '',
  isRedirect: false,
  canBeHeld: true,
  canBeSaved: true,
  needs: [],
};

export const methodKinds: readonly MethodKind[] = [
  card,
  { ...card, type: 'link', label: 'Link', hint: 'Pay with what Link has saved for you.', needs: ['email'] },
  {
    type: 'klarna',
    label: 'Klarna',
    hint: 'Pay later or in parts. You go to Klarna to agree.',
    isRedirect: true,
    canBeHeld: true,
    canBeSaved: true,
    currencies: ['usd', 'eur', 'gbp', 'aud', 'cad', 'chf', 'czk', 'dkk', 'nok', 'nzd', 'pln', 'sek'],
    needs: ['email', 'country'],
  },
  {
    type: 'afterpay_clearpay',
    label: 'Afterpay / Clearpay',
    hint: 'Pay in four parts. You go to Afterpay to agree.',
    isRedirect: true,
    canBeHeld: true,
    canBeSaved: false,
    currencies: ['usd', 'gbp', 'aud', 'cad', 'nzd'],
    needs: ['email', 'name', 'line1', 'postal_code', 'country'],
  },
  {
    type: 'paypal',
    label: 'PayPal',
    hint: 'You go to PayPal to agree.',
    isRedirect: true,
    canBeHeld: true,
    canBeSaved: true,
    currencies: [
      'usd',
      'eur',
      'gbp',
      'aud',
      'cad',
      'chf',
      'czk',
      'dkk',
      'hkd',
      'nok',
      'nzd',
      'pln',
      'sek',
      'sgd',
    ],
    needs: [],
  },
  {
    type: 'sepa_debit',
    label: 'SEPA debit',
    hint: 'Taken from a bank account; it takes days until the bank has answered.',
    isRedirect: false,
    canBeHeld: false,
    canBeSaved: true,
    currencies: ['eur'],
    needs: ['email', 'name'],
  },
];

export function kindOf(type: string): MethodKind {
  return methodKinds.find((kind) => kind.type === type) ?? card;
}

/** What a shop wants of the automatic payment methods: only some, or all but some. */
export interface MethodWishes {
  allowed_payment_method_types?: readonly string[] | null | undefined;
  excluded_payment_method_types?: readonly string[] | null | undefined;
}

export function narrowed<T extends string>(types: readonly T[], wishes: MethodWishes): T[] {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded } = wishes;
  return types.filter(
    (type) => (!allowed || allowed.some((one) => one === type)) && !excluded?.some((one) => one === type),
  );
}

export interface MethodTerms {
  currency: string;
  isHeld: boolean;
  isSaved: boolean;
  allowsRedirects: boolean;
}

/** Stripe's automatic payment methods: all that fit a payment. */
export function methodsFor(terms: MethodTerms): MethodType[] {
  return methodKinds
    .filter(
      (kind) =>
        (!kind.currencies || kind.currencies.includes(terms.currency)) &&
        (kind.canBeHeld || !terms.isHeld) &&
        (kind.canBeSaved || !terms.isSaved) &&
        (!kind.isRedirect || terms.allowsRedirects),
    )
    .map((kind) => kind.type);
}
