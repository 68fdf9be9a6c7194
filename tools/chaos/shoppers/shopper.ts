import { setTimeout as sleep } from 'node:timers/promises';
import { aCard, anAddress, answerBank, enterInElement, payOnHostedPage } from '@souk/domain/testing';
import { z } from 'zod';
import type { Random } from '../random.ts';
import type { Stage } from '../stage.ts';
import { type Api, createApi, NoAnswer, patiently, Refusal } from './api.ts';
import { type Behaviour, behaviourOf } from './behaviour.ts';
import type { Way } from './ways.ts';

/** An order that a shopper was told of. */
export interface ToldOrder {
  readonly number: string;
  readonly token: string;
}

/** How a visit ended: with an order, without one, or before its end was known. */
export interface Visit {
  readonly way: Way;
  readonly email: string;
  readonly ended: 'bought' | 'refused' | 'left' | 'startled';
  /** Why, where there is no order; what nobody expected, where they were startled. */
  readonly why: string;
  /** All that the shopper was told of: more than one is one too many. */
  readonly orders: readonly ToldOrder[];
}

const added = z.object({ token: z.string() });
const checkout = z.object({
  totalsVersion: z.int(),
  shippingOptions: z.array(z.object({ id: z.string() })),
  totals: z.object({ due: z.object({ amount: z.int() }) }),
});
const placement = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('placed'), orderNumber: z.string(), token: z.string() }),
  z.object({ outcome: z.literal('action_required'), redirectUrl: z.string() }),
  z.object({ outcome: z.literal('processing') }),
  z.object({ outcome: z.literal('declined'), reason: z.string() }),
]);
type Placement = z.infer<typeof placement>;
const redirect = z.object({ redirectUrl: z.string() });

/** How often a shopper begins anew at the payment step before they leave. */
const MOST_ROUNDS = 8;
/** How long they wait for an answer of the bank. */
const DECISION_PATIENCE_MS = 90_000;

/** Leaves the shop on the spot. */
class Leaves extends Error {
  override readonly name = 'Leaves';
}

export interface ShopperOptions {
  readonly index: number;
  readonly way: Way;
  readonly random: Random;
  /** Told just before the order is posted for the first time. */
  readonly onOrder: () => void;
}

/** Lets one shopper buy, or try to, as people do: what fails is tried again, and the page is asked what became of the order. */
export async function visitShop(stage: Stage, options: ShopperOptions): Promise<Visit> {
  const { index, way } = options;
  const email = `shopper-${index}@chaos.example`;
  const orders: ToldOrder[] = [];
  const ended = (how: Visit['ended'], why = ''): Visit => ({ way, email, ended: how, why, orders });
  try {
    await buy(stage, { ...options, email, orders });
    return ended('bought');
  } catch (error) {
    if (error instanceof Leaves) return ended('left', error.message);
    if (error instanceof Refusal) return ended('refused', error.code);
    if (error instanceof NoAnswer) return ended('left', error.message);
    return ended('startled', error instanceof Error ? error.message : String(error));
  }
}

interface Visitor extends ShopperOptions {
  readonly stage: Stage;
  readonly api: Api;
  readonly behaviour: Behaviour;
  readonly email: string;
  readonly orders: ToldOrder[];
  /** Which time it is that they pay, from 0. */
  round: number;
  /** Why the last try came to nothing. */
  setback: string;
}

async function buy(
  stage: Stage,
  options: ShopperOptions & { email: string; orders: ToldOrder[] },
): Promise<void> {
  const api = createApi(stage.shop.bffUrl);
  const visitor: Visitor = {
    ...options,
    stage,
    api,
    behaviour: behaviourOf(options.way),
    round: 0,
    setback: '',
  };
  await fillCart(visitor);
  await chooseDelivery(visitor);
  while (visitor.round < MOST_ROUNDS) {
    const order = await tryToPay(visitor);
    if (order) return afterwards(visitor, order);
    visitor.round += 1;
  }
  throw new Leaves(`tried too often: ${visitor.setback}`);
}

async function fillCart({ stage, api, random, behaviour }: Visitor): Promise<void> {
  const variantId = random.fraction() < 0.2 ? stage.scarce : random.pick(stage.plenty);
  const quantity = random.between(1, 2);
  const line = { variantId, quantity, requestId: crypto.randomUUID() };
  api.useCart(added.parse(await api.ask('cart.addLine', line)).token);
  const code = behaviour.code === null ? null : await patiently(() => codeOf(stage, behaviour.code));
  if (code !== null) await api.ask('cart.enterCode', { code });
}

async function codeOf(stage: Stage, kind: Behaviour['code']): Promise<string> {
  if (kind === 'coupon') return stage.coupon;
  return kind === 'gift-card' ? stage.giftCard() : stage.sharedGiftCard;
}

/** What the shop says of the checkout. @throws Refusal `cart_empty` when there is none, as after the order */
async function readCheckout(api: Api): Promise<z.infer<typeof checkout>> {
  const found = checkout.nullable().parse(await api.read('checkout.get'));
  if (found === null) throw new Refusal('checkout.get', 'cart_empty');
  return found;
}

async function chooseDelivery({ api, email }: Visitor): Promise<void> {
  await api.ask('checkout.setAddress', { email, shippingAddress: anAddress, billingAddress: null });
  const { shippingOptions } = await readCheckout(api);
  await api.ask('checkout.setShipping', { optionId: shippingOptions[0]?.id ?? '' });
}

/** Goes from the payment step to the order, once. @returns null when it came to nothing and is worth another try */
async function tryToPay(visitor: Visitor): Promise<ToldOrder | null> {
  const { api, random } = visitor;
  try {
    await choosePayment(visitor);
    const { totalsVersion } = await readCheckout(api);
    await sleep(random.between(0, 300));
    return await follow(visitor, await post(visitor, totalsVersion));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return afterRefusal(visitor, error);
  }
}

async function choosePayment({ api, stage, behaviour, round }: Visitor): Promise<void> {
  const { totals } = await readCheckout(api);
  if (totals.due.amount === 0) {
    await api.ask('checkout.choosePayment', { method: 'gift_card' });
  } else if (behaviour.method === 'card') {
    const card = aCard(behaviour.cards[Math.min(round, behaviour.cards.length - 1)]);
    const provider = { config: { stripe: { apiBase: stage.shop.sandboxUrl } } };
    const confirmationToken = await patiently(() => enterInElement(provider, { card }));
    await api.ask('checkout.choosePayment', { method: 'card', confirmationToken });
  } else await api.ask('checkout.choosePayment', { method: behaviour.method });
}

/** Posts the order, once or often; who gets no answer asks what became of it. */
async function post(visitor: Visitor, totalsVersion: number): Promise<Placement> {
  const { api, behaviour, round, onOrder, random } = visitor;
  if (round === 0) onOrder();
  const place = () => api.once('checkout.place', { totalsVersion, acceptsTerms: true });
  if (behaviour.leaves === 'at-posting') {
    place().catch(() => {});
    await sleep(random.between(0, 100));
    throw new Leaves('closed the tab');
  }
  const answers = await Promise.allSettled(Array.from({ length: behaviour.posts }, place));
  const placements = answers.flatMap((each) =>
    each.status === 'fulfilled' ? [placement.parse(each.value)] : [],
  );
  for (const each of placements) noteOrder(visitor, each);
  const best = placements.find(({ outcome }) => outcome === 'placed') ?? placements[0];
  if (best) return best;
  const refusal = answers.find((each) => each.status === 'rejected' && each.reason instanceof Refusal);
  if (refusal?.status === 'rejected') throw refusal.reason;
  return status(visitor);
}

async function status(visitor: Visitor): Promise<Placement> {
  const found = placement.parse(await visitor.api.read('checkout.placementStatus'));
  noteOrder(visitor, found);
  return found;
}

function noteOrder({ orders }: Visitor, found: Placement): void {
  if (found.outcome !== 'placed' || orders.some(({ number }) => number === found.orderNumber)) return;
  orders.push({ number: found.orderNumber, token: found.token });
}

/** Goes where a placement leads until it is decided. @returns null when it was declined */
async function follow(visitor: Visitor, first: Placement): Promise<ToldOrder | null> {
  const giveUpAt = performance.now() + DECISION_PATIENCE_MS;
  for (let current = first; performance.now() < giveUpAt; current = await status(visitor)) {
    switch (current.outcome) {
      case 'placed':
        return { number: current.orderNumber, token: current.token };
      case 'declined':
        visitor.setback = current.reason;
        if (visitor.behaviour.leaves === 'when-declined') throw new Leaves(current.reason);
        return null;
      case 'action_required':
        await atProvider(visitor, current.redirectUrl);
        break;
      case 'processing':
        await sleep(500);
    }
  }
  throw new Leaves('nobody said what became of it');
}

/** What happens on the page of the bank, or of the provider. What fails there is tried again after a look at the shop. */
async function atProvider({ behaviour, round }: Visitor, url: string): Promise<void> {
  if (behaviour.leaves === 'at-provider') throw new Leaves('did not come back from the provider');
  const isHosted = behaviour.method === 'hosted';
  const isRefused = behaviour.cards[round] === 'threeDSecure' && behaviour.failsThreeDSecure && round === 0;
  try {
    if (isHosted) await payOnHostedPage(url, aCard());
    else await answerBank(url, isRefused ? 'fail' : 'complete');
  } catch {
    await sleep(500);
  }
  if (behaviour.leaves === 'after-paying') throw new Leaves('paid and did not come back');
}

/** @returns null when another try may help */
async function afterRefusal(visitor: Visitor, refusal: Refusal): Promise<ToldOrder | null> {
  const { api } = visitor;
  visitor.setback = refusal.code;
  switch (refusal.code) {
    case 'cart_changed':
      await api.ask('cart.acceptChanges', {});
      return null;
    case 'checkout_incomplete':
      await chooseDelivery(visitor);
      return null;
    case 'totals_changed':
    case 'promotion_exhausted':
    case 'gift_card_short':
    case 'conflict':
      return null;
    case 'checkout_closed':
      return follow(visitor, await status(visitor));
    case 'cart_empty': {
      // the order emptied it, or what was in it sold out
      const found = await status(visitor);
      if (found.outcome === 'declined') throw refusal;
      return follow(visitor, found);
    }
    default:
      throw refusal;
  }
}

async function afterwards({ api, behaviour }: Visitor, { number, token }: ToldOrder): Promise<void> {
  const byLink = { number, token };
  if (behaviour.method === 'pay_link') {
    const { redirectUrl } = redirect.parse(await api.ask('orders.pay', byLink));
    await payOnHostedPage(redirectUrl, aCard()).catch(() => {});
    await api.ask('orders.paymentReturned', byLink);
  }
  if (behaviour.cancels) {
    await api.ask('orders.cancelMine', { ...byLink, requestId: crypto.randomUUID() });
  }
}
