import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../api/errors.ts';
import { paySession } from '../checkout/pay-session.ts';
import { intentOf, termsOf } from '../checkout/terms.ts';
import type { CheckoutSession, ErrorBody, Outcome, PaymentMethod } from '../model.ts';
import { readChoice } from './checkout-form.ts';
import { type CheckoutView, checkoutPage } from './checkout-page.ts';
import { sentenceFor } from './decline-words.ts';
import { messagePage, sendPage } from './layout.ts';
import type { PageOptions } from './routes.ts';
import { bodyOf, goTo, notFound, pageCall } from './visit.ts';

type PageRoute = { Params: { session: string }; Body: unknown };

/** `/c/pay/:session`: the hosted page of Checkout. `/c/return/:session` is where 3-D Secure and Klarna lead back to. */
export function registerCheckoutPages(app: FastifyInstance, { sandbox, onChange }: PageOptions): void {
  app.get<PageRoute>('/c/pay/:session', async (request, reply) => {
    const session = sandbox.objects.find('checkout_session', request.params.session);
    return session?.status === 'open' ? show(reply, session, {}) : leave(reply, session);
  });

  app.get<PageRoute>('/c/return/:session', async (request, reply) => {
    const session = sandbox.objects.find('checkout_session', request.params.session);
    if (session?.status !== 'open') return leave(reply, session);
    const error = lastErrorOf(session);
    return show(reply, session, { problem: error ? sentenceFor(error) : undefined, status: 200 });
  });

  app.post<PageRoute>('/c/pay/:session', pay);
  app.post<PageRoute>('/c/return/:session', pay);

  async function pay(request: { params: PageRoute['Params']; body: unknown }, reply: FastifyReply) {
    const session = sandbox.objects.find('checkout_session', request.params.session);
    if (session?.status !== 'open') return leave(reply, session);
    const choice = readChoice(bodyOf(request.body), new Date(sandbox.clock()), emailOf(session));
    if (!choice.isValid) return show(reply, session, { fields: choice.fields, errors: choice.errors });
    const outcome = attempt(session, choice);
    onChange();
    const email = choice.email;
    if (outcome.status >= 400) {
      return show(reply, session, { email, problem: sentenceFor(errorOf(outcome.body)) });
    }
    const next = nextUrlOf(outcome.body);
    if (next !== undefined) return goTo(reply, next);
    return leave(reply, sandbox.objects.find('checkout_session', session.id));
  }

  /** One transaction; what Stripe's API would refuse is a problem to show, and leaves nothing behind. */
  function attempt(
    session: CheckoutSession,
    choice: {
      method: Parameters<typeof paySession>[2]['method'];
      email: string;
      name: string;
      isSaved: boolean;
    },
  ): Outcome {
    const { method, isSaved } = choice;
    const name = choice.name === '' ? null : choice.name;
    const email = choice.email === '' ? null : choice.email;
    try {
      return sandbox.db.transaction(() => {
        const isForeign = 'id' in method && !savedOf(session).some((saved) => saved.id === method.id);
        if (isForeign) throw new ApiError(400, { type: 'invalid_request_error', message: 'not saved here' });
        return paySession(pageCall(sandbox), session, { method, email, name, isSaved });
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: { error: error.body } };
    }
  }

  function show(
    reply: FastifyReply,
    session: CheckoutSession,
    view: Partial<Pick<CheckoutView, 'fields' | 'errors' | 'problem' | 'email' | 'status'>>,
  ): FastifyReply {
    const { line_items: items } = termsOf(pageCall(sandbox), session.id);
    return sendPage(
      reply,
      checkoutPage({
        session,
        items,
        saved: savedOf(session),
        merchantName: sandbox.merchantName,
        fields: view.fields ?? { name: '', number: '', exp: '' },
        errors: view.errors ?? {},
        problem: view.problem,
        status: view.status,
        email: view.email ?? '',
      }),
    );
  }

  function savedOf(session: CheckoutSession): PaymentMethod[] {
    if (session.customer === null || session.mode === 'setup') return [];
    const shown = session.saved_payment_method_options?.allow_redisplay_filters ?? ['always'];
    const where = { customer: session.customer, type: 'card' };
    const saved = sandbox.objects.list('payment_method', { limit: 20, where })?.data ?? [];
    return saved.filter((method) => shown.includes(method.allow_redisplay ?? 'unspecified'));
  }

  function emailOf(session: CheckoutSession): string | null {
    if (session.customer_email !== null || session.customer === null) return session.customer_email;
    return sandbox.objects.find('customer', session.customer)?.email ?? null;
  }

  function lastErrorOf(session: CheckoutSession): ErrorBody | null | undefined {
    const id = intentOf(pageCall(sandbox), session.id);
    if (id === undefined) return undefined;
    return session.mode === 'setup'
      ? sandbox.objects.find('setup_intent', id)?.last_setup_error
      : sandbox.objects.find('payment_intent', id)?.last_payment_error;
  }
}

/** A session that is over leads back to the shop. */
function leave(reply: FastifyReply, session: CheckoutSession | undefined): FastifyReply {
  if (!session) return sendPage(reply, notFound());
  if (session.status === 'complete' && session.success_url !== null) {
    return goTo(reply, session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id));
  }
  const link =
    session.cancel_url === null ? undefined : { href: session.cancel_url, label: 'Back to the shop' };
  const text = 'Nothing was charged. Go back to the shop and try again.';
  return sendPage(reply, messagePage('This page has expired', text, { status: 410, link }));
}

function nextUrlOf(body: object): string | undefined {
  const action = 'next_action' in body ? body.next_action : null;
  if (typeof action !== 'object' || action === null || !('redirect_to_url' in action)) return undefined;
  const { redirect_to_url: redirect } = action;
  if (typeof redirect !== 'object' || redirect === null || !('url' in redirect)) return undefined;
  return String(redirect.url);
}

const refusal = z.object({
  error: z.object({ type: z.string(), code: z.string().optional(), decline_code: z.string().optional() }),
});

function errorOf(body: object) {
  return refusal.safeParse(body).data?.error;
}
