/**
 * Tells whether a page may mount the provider's Payment Element. Only the documents of these pages let its script in: an address that is
 * loaded as a whole decides, and who comes by a link within the page brings the policy of the page before.
 */
export function mayMountPaymentElement(path: string): boolean {
  return /^\/(checkout|account\/payment-methods)(\/|$)/.test(path);
}
