import Stripe from 'stripe';
import { addSeconds, type Context, type CurrencyCode, DomainError } from '../kernel/index.ts';
import { stateOf } from './intent-state.ts';
import { orAmountRefused } from './intents.ts';
import type { HostedPayment } from './model.ts';
import { isProviderError, orUnavailable } from './provider-errors.ts';

// Nothing in this file may be called while a transaction is open.

/** How long a page stays open. The provider takes no less than 30 minutes from when it hears of it. */
const OPEN_SECONDS = 35 * 60;
/** Repeats within one such step ask for the very same page. */
const EXPIRY_STEP_SECONDS = 5 * 60;

/**
 * Opens the provider's own page for the payment of a checkout: it takes cards, wallets and whatever else is switched on, and asks the
 * bank itself; the money is held, and taken once there is an order. For browsers in which the Payment Element does not run.
 *
 * @param input.attempt grows each time that the shopper is sent there anew
 * @param input.customerId the provider's customer: saved cards are offered. `email` is where their receipt goes, too
 * @throws DomainError `unavailable`, `payment_declined` with `{ reason: 'amount_too_small' }`
 */
export async function startHostedPayment(
  ctx: Context,
  input: {
    checkoutId: string;
    totalsVersion: number;
    attempt: number;
    amount: number;
    currency: CurrencyCode;
    email: string;
    customerId: string | null;
    successUrl: string;
    cancelUrl: string;
  },
): Promise<{ sessionId: string; url: string }> {
  const metadata = { checkout_id: input.checkoutId, totals_version: String(input.totalsVersion) };
  const expiresAt = expiryOf(ctx);
  return openPage(
    ctx,
    {
      ...input,
      metadata,
      intent: { capture_method: 'manual', metadata },
      reference: input.checkoutId,
      expiresAt,
    },
    `session:${input.checkoutId}:${input.totalsVersion}:${input.attempt}:${expiresAt}`,
  );
}

/** What the provider's page is opened with. */
interface Page {
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly email: string | null;
  readonly customerId: string | null;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly reference: string;
  readonly metadata: Record<string, string>;
  readonly intent: Stripe.Checkout.SessionCreateParams.PaymentIntentData;
  readonly expiresAt: number;
}

/** Opens a page of one line, the total: what was bought is told in the shop. */
export async function openPage(
  ctx: Context,
  page: Page,
  idempotencyKey: string,
): Promise<{ sessionId: string; url: string }> {
  const payer =
    page.customerId !== null
      ? { customer: page.customerId }
      : page.email !== null
        ? { customer_email: page.email }
        : {};
  const session = await orAmountRefused(() =>
    orUnavailable(() =>
      ctx.services.stripe.checkout.sessions.create(
        {
          mode: 'payment',
          line_items: [
            {
              quantity: 1,
              price_data: {
                currency: page.currency.toLowerCase(),
                unit_amount: page.amount,
                product_data: { name: `Your order at ${ctx.config.shop.name}` },
              },
            },
          ],
          payment_intent_data: page.intent,
          metadata: page.metadata,
          client_reference_id: page.reference,
          ...payer,
          success_url: page.successUrl,
          cancel_url: page.cancelUrl,
          expires_at: page.expiresAt,
        },
        { idempotencyKey },
      ),
    ),
  );
  if (!session.url) throw new DomainError('unavailable', `session ${session.id} came without its page`);
  return { sessionId: session.id, url: session.url };
}

/** When a page that is opened now closes, in seconds since 1970. */
export function expiryOf(ctx: Context): number {
  const until = addSeconds(ctx.clock.now(), OPEN_SECONDS).getTime() / 1000;
  return Math.ceil(until / EXPIRY_STEP_SECONDS) * EXPIRY_STEP_SECONDS;
}

/** How a payment on the provider's page stands. @throws DomainError `not_found`, `unavailable` */
export async function readHostedPayment(ctx: Context, sessionId: string): Promise<HostedPayment> {
  try {
    return await orUnavailable(async () =>
      hostedPaymentOf(
        await ctx.services.stripe.checkout.sessions.retrieve(sessionId, {
          expand: ['payment_intent', 'payment_intent.payment_method'],
        }),
      ),
    );
  } catch (error) {
    if (!isProviderError(error, 'resource_missing')) throw error;
    throw new DomainError('not_found', `the provider knows no session ${sessionId}`, {}, { cause: error });
  }
}

/**
 * Closes the provider's page: nobody can pay on it any more. One that is over already is left alone.
 *
 * @returns how it stands then: `complete` when the shopper was quicker
 * @throws DomainError `not_found`, `unavailable`
 */
export async function expireHostedPayment(ctx: Context, sessionId: string): Promise<HostedPayment> {
  const before = await readHostedPayment(ctx, sessionId);
  if (before.status !== 'open') return before;
  try {
    await orUnavailable(() => ctx.services.stripe.checkout.sessions.expire(sessionId));
  } catch (error) {
    // it was completed, or closed, between the two calls; what is true is read below
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  }
  return readHostedPayment(ctx, sessionId);
}

function hostedPaymentOf(session: Stripe.Checkout.Session): HostedPayment {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null;
  return {
    sessionId: session.id,
    status: session.status === 'complete' ? 'complete' : session.status === 'expired' ? 'expired' : 'open',
    intent: intent === null ? null : stateOf(intent),
    url: session.url,
  };
}
