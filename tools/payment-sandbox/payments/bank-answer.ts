import { type Call, findOrRefuse } from '../call.ts';
import { settleSession } from '../checkout/complete-session.ts';
import { behaviourOf } from '../methods/behaviour.ts';
import type { PaymentIntent } from '../model.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { cardError, failPayment } from './charge-intent.ts';
import { failCharge, succeedCharge } from './charges.ts';

/** The bank's late answer to a debit. An intent that does not wait for one is left alone. */
export function takeBankAnswer(call: Call, intentId: string): void {
  const intent = call.sandbox.objects.find('payment_intent', intentId);
  if (intent?.status !== 'processing' || intent.latest_charge === null || intent.payment_method === null)
    return;
  const method = findOrRefuse(call, 'payment_method', intent.payment_method);
  const charge = findOrRefuse(call, 'charge', intent.latest_charge);
  const { decline } = behaviourOf(call, method);
  if (decline) {
    failCharge(call, charge, decline);
    failPayment(call, intent, cardError(decline, charge.id, method));
    settleSession(call, intent.id, false);
    return;
  }
  succeedCharge(call, charge);
  const paid: PaymentIntent = { ...intent, status: 'succeeded', amount_received: intent.amount };
  call.sandbox.objects.save('payment_intent', paid);
  emitEvent(call, 'payment_intent.succeeded', paid);
  settleSession(call, intent.id, true);
}
