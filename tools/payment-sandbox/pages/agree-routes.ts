import type { FastifyInstance, FastifyReply } from 'fastify';
import { sessionOf } from '../checkout/terms.ts';
import { kindOf } from '../methods/kinds.ts';
import type { PaymentIntent, SetupIntent } from '../model.ts';
import { finishAuthentication } from '../payments/confirm-intent.ts';
import { returnUrlOf } from '../payments/next-action.ts';
import { finishSetup } from '../setup/confirm-setup.ts';
import { agreePage } from './agree-page.ts';
import { messagePage, sendPage } from './layout.ts';
import type { PageOptions } from './routes.ts';
import { bodyOf, findIntent, goTo, notFound, pageCall, returnAddress, statusFor } from './visit.ts';

type PageRoute = { Params: { intent: string }; Querystring: Record<string, unknown>; Body: unknown };

/**
 * Where the payer agrees: `/3ds/:intent` stands for the page of the cardholder's bank, `/authorize/:intent` for
 * Klarna's, PayPal's and the like. With `framed=1` they may stand in a frame, and stay there at the end.
 */
export function registerAgreePages(app: FastifyInstance, { sandbox, onChange }: PageOptions): void {
  for (const path of ['/3ds/:intent', '/authorize/:intent']) {
    app.get<PageRoute>(path, async (request, reply) => {
      const intent = findIntent(sandbox, request.params.intent, request.query.client_secret);
      if (!intent) return sendPage(reply, notFound());
      const isFramed = request.query.framed === '1';
      const returnUrl = returnUrlOf(pageCall(sandbox), intent);
      if (intent.status !== 'requires_action') return leave(reply, intent, returnUrl, isFramed);
      const method =
        intent.payment_method === null
          ? undefined
          : sandbox.objects.find('payment_method', intent.payment_method);
      const kind = kindOf(method?.type ?? 'card');
      const targets = isFramed ? [] : targetsOf(intent, returnUrl);
      return sendPage(
        reply,
        agreePage({ intent, method, kind, merchantName: sandbox.merchantName, targets, isFramed }),
      );
    });

    app.post<PageRoute>(path, async (request, reply) => {
      const intent = findIntent(sandbox, request.params.intent, request.query.client_secret);
      if (!intent) return sendPage(reply, notFound());
      const outcome = new URLSearchParams(bodyOf(request.body)).get('outcome');
      if (outcome !== 'complete' && outcome !== 'fail') {
        return sendPage(
          reply,
          messagePage('That did not work', 'Go back and choose one of the two.', { status: 400 }),
        );
      }
      const call = pageCall(sandbox);
      const finished = sandbox.db.transaction(() =>
        intent.object === 'payment_intent'
          ? finishAuthentication(call, intent, outcome === 'complete')
          : finishSetup(call, intent, outcome === 'complete'),
      );
      onChange();
      return leave(reply, finished, returnUrlOf(call, finished), request.query.framed === '1');
    });
  }

  /** A browser holds the redirects after a form to the page's policy, also those that come later. */
  function targetsOf(intent: PaymentIntent | SetupIntent, returnUrl: string | undefined): string[] {
    const id = sessionOf(pageCall(sandbox), intent.id);
    const session = id === undefined ? undefined : sandbox.objects.find('checkout_session', id);
    return [returnUrl, session?.success_url].filter((target) => typeof target === 'string');
  }
}

function leave(
  reply: FastifyReply,
  intent: PaymentIntent | SetupIntent,
  returnUrl: string | undefined,
  isFramed: boolean,
): FastifyReply {
  if (returnUrl !== undefined && !isFramed) {
    return goTo(reply, returnAddress(returnUrl, intent, statusFor(intent)));
  }
  const page = messagePage('Thank you', 'Your bank has its answer. You can close this page.');
  return sendPage(reply, { ...page, isFramed });
}
