/** The version that is spoken; a caller's own `Stripe-Version` is echoed. */
export const apiVersion = '2026-10-28.endive';
