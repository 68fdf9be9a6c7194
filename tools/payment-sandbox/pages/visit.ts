import type { FastifyReply } from 'fastify';
import { apiVersion } from '../api/version.ts';
import { platform } from '../balance/book.ts';
import type { Call, Sandbox } from '../call.ts';
import type { PaymentIntent, SetupIntent } from '../model.ts';
import { isSecretOf } from '../payments/intent-view.ts';
import { newId } from '../state/ids.ts';
import { messagePage } from './layout.ts';

/** A call that a page makes: there is no request of the API behind it. */
export function pageCall(sandbox: Sandbox): Call {
  return {
    sandbox,
    id: '',
    second: '',
    owner: platform,
    isPublishable: false,
    requestId: newId('req'),
    idempotencyKey: null,
    apiVersion,
    now: Math.floor(sandbox.clock() / 1000),
  };
}

/** The intent of this id, if the visitor has its secret. */
export function findIntent(
  sandbox: Sandbox,
  id: string,
  secret: unknown,
): PaymentIntent | SetupIntent | undefined {
  const intent = sandbox.objects.find('payment_intent', id) ?? sandbox.objects.find('setup_intent', id);
  return intent && isSecretOf(intent, secret) ? intent : undefined;
}

export function goTo(reply: FastifyReply, location: string): FastifyReply {
  return reply
    .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    .redirect(location, 303);
}

/** The return URL with what Stripe adds to it. */
export function returnAddress(
  returnUrl: string,
  intent: PaymentIntent | SetupIntent,
  status: string,
): string {
  const url = new URL(returnUrl);
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret);
  url.searchParams.set('redirect_status', status);
  return url.href;
}

export function statusFor(intent: PaymentIntent | SetupIntent): 'succeeded' | 'failed' | 'pending' {
  if (intent.status === 'processing') return 'pending';
  return intent.status === 'succeeded' || intent.status === 'requires_capture' ? 'succeeded' : 'failed';
}

export function notFound() {
  const text = 'The link may be old, or not complete. Go back to the shop and try again.';
  return messagePage('There is no such payment', text, { status: 404 });
}

export function bodyOf(body: unknown): string {
  return typeof body === 'string' ? body : '';
}
