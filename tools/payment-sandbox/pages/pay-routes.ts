import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createPaymentMethod } from '../methods/create-method.ts';
import type { IntentStatus } from '../model.ts';
import { attachMethod } from '../payments/update-intent.ts';
import { readCardForm } from './card-form.ts';
import { messagePage, sendPage } from './layout.ts';
import { payPage } from './pay-page.ts';
import type { PageOptions } from './routes.ts';
import { bodyOf, findIntent, goTo, notFound, pageCall, returnAddress, statusFor } from './visit.ts';

type PageRoute = { Params: { intent: string }; Querystring: Record<string, unknown>; Body: unknown };

const webAddress = z.url({ protocol: /^https?$/ });
const payable: readonly IntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/** `/pay/:intent`: takes a card for an intent that the shop confirms later, after its own review step. */
export function registerPayPages(app: FastifyInstance, { sandbox, onChange }: PageOptions): void {
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
      const call = pageCall(sandbox);
      const method = createPaymentMethod(call, {
        type: 'card',
        card: { number: card.number, exp_month: card.expMonth, exp_year: card.expYear, cvc: card.cvc },
        ...(name !== '' && { billing_details: { name } }),
      });
      attachMethod(call, intent, method.id);
    });
    onChange();
    return goTo(reply, returnAddress(returnUrl, intent, 'collected'));
  });

  function readVisit(id: string, query: Record<string, unknown>) {
    const intent = findIntent(sandbox, id, query.client_secret);
    if (intent?.object !== 'payment_intent') return { isGood: false, page: notFound() } as const;
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
}
