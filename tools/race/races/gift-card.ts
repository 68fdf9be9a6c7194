import { enterCode } from '@souk/domain/cart';
import { giftCardToIssue, issueGiftCard } from '@souk/domain/promotions';
import { sellProduct, type TestDomain } from '@souk/domain/testing';
import { buy, cards, carts } from '../buyers.ts';
import { allAtOnce, CONNECTIONS, countsOf, mustBe, type Race } from '../race-shop.ts';

const BALANCE = 10_000;
/** Whoever finds less on the card than they were shown looks again and pays the rest by card, as a shopper would. */
const MOST_TRIES = 4;

/** One gift card in many carts: it pays what is on it, and no more. */
export function giftCard(options: { buyers: number }): Race {
  const { buyers } = options;
  return {
    name: 'gift-card',
    title: `a gift card of 100.00 spent by ${buyers}`,
    async run(shop) {
      const { variantId } = await sellProduct(shop.ctx, { stock: buyers, amount: 1_900 });
      const { code, giftCard: issued } = await issueGiftCard(
        shop.ctx,
        giftCardToIssue.parse({ amount: BALANCE, currency: 'USD', requestId: crypto.randomUUID() }),
      );
      const [filled, entered] = await Promise.all([
        carts(shop, buyers, variantId, (cartId) => enterCode(shop.ctx, { cartId, code })),
        cards(shop, buyers),
      ]);
      const outcomes = await allAtOnce(filled, CONNECTIONS, async (cartId, index) => {
        let outcome = '';
        for (let tries = 0; tries < MOST_TRIES; tries += 1) {
          outcome = await buy(shop, cartId, entered[index] ?? '');
          if (outcome !== 'gift_card_short') break;
        }
        return outcome;
      });
      await shop.runJobs();
      const card = await cardAndLedger(shop, issued.id);
      return {
        told: `${countsOf(outcomes)}; ${card.spent} spent, ${card.balance} left, ${card.held} held`,
        breaches: [
          ...(card.balance < 0 || card.spent > BALANCE ? [`the card is overdrawn: ${card.balance}`] : []),
          ...mustBe('what is on the card', card.balance, card.ledger),
          ...mustBe('what orders got of the card', card.spent, BALANCE - card.balance),
          ...mustBe('what is held for nobody', card.held, 0),
        ],
      };
    },
  };
}

async function cardAndLedger(shop: TestDomain, giftCardId: string) {
  const { db } = shop.ctx;
  const card = await db
    .selectFrom('gift_cards')
    .select(['balance_amount as balance', 'held_amount as held'])
    .where('id', '=', giftCardId)
    .executeTakeFirstOrThrow();
  const { ledger } = await db
    .selectFrom('gift_card_entries')
    .select((eb) => eb.fn.sum<number>('balance_delta').as('ledger'))
    .where('gift_card_id', '=', giftCardId)
    .executeTakeFirstOrThrow();
  const { spent } = await db
    .selectFrom('redemption_gift_cards as line')
    .innerJoin('redemptions', 'redemptions.checkout_id', 'line.checkout_id')
    .innerJoin('orders', 'orders.id', 'redemptions.order_id')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('orders.gift_card_amount'), eb.lit(0)).as('spent'))
    .where('line.gift_card_id', '=', giftCardId)
    .executeTakeFirstOrThrow();
  return { ...card, ledger: Number(ledger), spent: Number(spent) };
}
