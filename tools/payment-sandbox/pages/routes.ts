import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { digest } from '../api/idempotency.ts';
import { apiVersion } from '../api/routes.ts';
import type { Call, Sandbox } from '../call.ts';
import type { IntentStatus, PaymentIntent } from '../model.ts';
import { finishAuthentication, returnUrlOf } from '../payments/confirm-intent.ts';
import { createPaymentMethod } from '../payments/payment-methods.ts';
import { attachMethod } from '../payments/update-intent.ts';
import { newId } from '../state/ids.ts';
import { readCardForm } from './card-form.ts';
import { messagePage, sendPage } from './layout.ts';
import { payPage } from './pay-page.ts';
import { threeDSecurePage } from './three-d-secure-page.ts';

export interface PageOptions {
  sandbox: Sandbox;
  onChange: () => void;
}

type PageRoute = { Params: { intent: string }; Querystring: Record<string, unknown>; Body: unknown };

const webAddress = z.url({ protocol: /^https?$/ });
const payable: readonly IntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/** The pages that a shopper's browser visits: card details, and the bank's question. */
export function registerPages(app: FastifyInstance, { sandbox, onChange }: PageOptions): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, body);
    },
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a page of the sandbox failed');
    const text = 'Nothing was charged. Go back and try again.';
    return sendPage(reply, messagePage('That did not work', text, { status }));
  });

  app.get<PageRoute>('/pay/:intent', async (request, reply) => {
    const visit = readVisit(request.params.intent, request.query);
    if (!visit.isGood) return sendPage(reply, visit.page);
    const { intent, returnUrl, cancelUrl } = visit;
    const fields = { name: '', number: '', exp: '' };
    return sendPage(
      reply,
      payPage({ intent, merchantName: sandbox.merchantName, returnUrl, cancelUrl, fields, errors: {} }),
    );
  });

  app.post<PageRoute>('/pay/:intent', async (request, reply) => {
    const visit = readVisit(request.params.intent, request.query);
    if (!visit.isGood) return sendPage(reply, visit.page);
    const { intent, returnUrl, cancelUrl } = visit;
    const form = readCardForm(bodyOf(request.body), new Date(sandbox.clock()));
    if (!form.isValid) {
      const { fields, errors } = form;
      return sendPage(
        reply,
        payPage({ intent, merchantName: sandbox.merchantName, returnUrl, cancelUrl, fields, errors }),
      );
    }
    const { card, name } = form;
    sandbox.db.transaction(() => {
      const call = pageCall();
      const method = createPaymentMethod(call, {
        type: 'card',
        card: { number: card.number, exp_month: card.expMonth, exp_year: card.expYear, cvc: card.cvc },
        ...(name !== '' && { billing_details: { name } }),
      });
      attachMethod(call, intent, method.id);
    });
    onChange();
    return goBack(reply, returnUrl, intent, 'collected');
  });

  app.get<PageRoute>('/3ds/:intent', async (request, reply) => {
    const intent = findIntent(request.params.intent, request.query.client_secret);
    if (!intent) return sendPage(reply, notFound());
    const returnUrl = returnUrlOf(pageCall(), intent);
    if (intent.status !== 'requires_action') return leave(reply, intent, returnUrl);
    const method =
      intent.payment_method === null
        ? undefined
        : sandbox.objects.find('payment_method', intent.payment_method);
    return sendPage(
      reply,
      threeDSecurePage({ intent, method, merchantName: sandbox.merchantName, returnUrl }),
    );
  });

  app.post<PageRoute>('/3ds/:intent', async (request, reply) => {
    const intent = findIntent(request.params.intent, request.query.client_secret);
    if (!intent) return sendPage(reply, notFound());
    const outcome = new URLSearchParams(bodyOf(request.body)).get('outcome');
    if (outcome !== 'complete' && outcome !== 'fail') {
      return sendPage(
        reply,
        messagePage('That did not work', 'Go back and choose one of the two.', { status: 400 }),
      );
    }
    const call = pageCall();
    const finished = sandbox.db.transaction(() => finishAuthentication(call, intent, outcome === 'complete'));
    onChange();
    return leave(reply, finished, returnUrlOf(call, finished));
  });

  function readVisit(id: string, query: Record<string, unknown>) {
    const intent = findIntent(id, query.client_secret);
    if (!intent) return { isGood: false, page: notFound() } as const;
    const returnUrl = webAddress.safeParse(query.return_url);
    const cancelUrl = webAddress.optional().safeParse(query.cancel_url);
    if (!returnUrl.success || !cancelUrl.success) {
      const text =
        'The shop sent you here without a web address to return to. Go back to the shop and try again.';
      return {
        isGood: false,
        page: messagePage('This link is not complete', text, { status: 400 }),
      } as const;
    }
    if (!payable.includes(intent.status)) {
      const title =
        intent.status === 'canceled' ? 'This payment was cancelled' : 'This payment is already made';
      const link = {
        href: returnAddress(returnUrl.data, intent, statusFor(intent)),
        label: 'Back to the shop',
      };
      return {
        isGood: false,
        page: messagePage(title, 'There is nothing left to do here.', { link }),
      } as const;
    }
    return { isGood: true, intent, returnUrl: returnUrl.data, cancelUrl: cancelUrl.data } as const;
  }

  function findIntent(id: string, secret: unknown): PaymentIntent | undefined {
    const intent = sandbox.objects.find('payment_intent', id);
    if (!intent || typeof secret !== 'string') return undefined;
    const [given, expected] = [digest(secret), digest(intent.client_secret)].map((text) => Buffer.from(text));
    return given && expected && timingSafeEqual(given, expected) ? intent : undefined;
  }

  function pageCall(): Call {
    const now = Math.floor(sandbox.clock() / 1000);
    return { sandbox, id: '', requestId: newId('req'), idempotencyKey: null, apiVersion, now };
  }
}

function leave(reply: FastifyReply, intent: PaymentIntent, returnUrl: string | undefined): FastifyReply {
  if (returnUrl !== undefined) return goBack(reply, returnUrl, intent, statusFor(intent));
  return sendPage(reply, messagePage('Thank you', 'Your bank has its answer. You can close this page.'));
}

function goBack(reply: FastifyReply, returnUrl: string, intent: PaymentIntent, status: string): FastifyReply {
  const location = returnAddress(returnUrl, intent, status);
  return reply
    .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    .redirect(location, 303);
}

/** The return URL with what Stripe adds to it. */
function returnAddress(returnUrl: string, intent: PaymentIntent, status: string): string {
  const url = new URL(returnUrl);
  url.searchParams.set('payment_intent', intent.id);
  url.searchParams.set('payment_intent_client_secret', intent.client_secret);
  url.searchParams.set('redirect_status', status);
  return url.href;
}

function statusFor(intent: PaymentIntent): 'succeeded' | 'failed' {
  return intent.status === 'succeeded' || intent.status === 'requires_capture' ? 'succeeded' : 'failed';
}

function notFound() {
  const text = 'The link may be old, or not complete. Go back to the shop and try again.';
  return messagePage('There is no such payment', text, { status: 404 });
}

function bodyOf(body: unknown): string {
  return typeof body === 'string' ? body : '';
}
