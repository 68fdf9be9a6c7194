import { Form } from '@remix-run/react';
import type { Order } from '../lib/bff-types.ts';
import { SubmitButton } from './SubmitButton.tsx';

/** The way to call an order off, with a question in between; nothing when it is too late. Works without scripts. */
export function CancelOrder({ order, requestId }: { order: Order; requestId: string }) {
  if (!order.isCancellable) return null;
  const isPaid = order.payment.paid.amount > 0;
  return (
    <details className="border-t border-line pt-6 print:hidden">
      <summary className="link inline-flex min-h-11 items-center">Cancel this order</summary>
      <Form method="post" className="mt-3 rounded-picture bg-wash p-5">
        <input type="hidden" name="requestId" value={requestId} />
        <p>
          Nothing will be sent{isPaid ? ', and what you paid goes back to you' : ''}. This cannot be undone.
        </p>
        <SubmitButton className="button-quiet mt-4" busy="Cancelling…">
          Yes, cancel the order
        </SubmitButton>
      </Form>
    </details>
  );
}
