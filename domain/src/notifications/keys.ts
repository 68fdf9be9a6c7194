/** The keys of the mails about an order, of which there is one each: to let go of them when its buyer is erased. */
export function orderMailKeys(orderId: string): string[] {
  return ['order-confirmation', 'order-paid', 'order-reminder', 'order-cancelled'].map(
    (kind) => `${kind}:${orderId}`,
  );
}
