import {
  type CartQuote,
  gatherFacts,
  type PricedCart,
  type Quoters,
  type QuoteWishes,
  quoteFacts,
  quotersOf,
} from '../cart/index.ts';
import { type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import type { CheckoutRow } from './checkout-rows.ts';

type Chosen = Pick<CheckoutRow, 'email' | 'shippingAddress' | 'shippingOptionId' | 'vatId'> & {
  readonly id: string | null;
};

/** How often a quote is made anew when the shop changes under it. */
const MAX_TRIES = 3;

function wishesOf(chosen: Chosen): QuoteWishes {
  return {
    destination: chosen.shippingAddress,
    shippingOptionId: chosen.shippingOptionId,
    vatId: chosen.vatId,
  };
}

const askedFor = (cartId: string, chosen: Chosen) => ({
  cartId,
  email: chosen.email,
  checkoutId: chosen.id,
  destination: chosen.shippingAddress,
});

/**
 * What a cart costs when it is sent as chosen. May ask services outside, so it runs in no transaction.
 *
 * @param cart what was read of it just now
 * @returns null when there is no such cart
 */
export async function quoteCheckout(
  ctx: Context,
  cartId: string,
  chosen: Chosen,
  cart?: PricedCart | null,
): Promise<CartQuote | null> {
  const facts = await gatherFacts(ctx, { ...askedFor(cartId, chosen), cart });
  return facts && quoteFacts(ctx, facts, wishesOf(chosen), quotersOf(ctx));
}

/** The same for a cart that something is in. @throws DomainError `cart_empty` */
export async function quoteFilled(
  ctx: Context,
  cartId: string,
  chosen: Chosen,
  cart?: PricedCart | null,
): Promise<CartQuote> {
  const quote = await quoteCheckout(ctx, cartId, chosen, cart);
  if (quote === null || quote.cart.lines.length === 0) {
    throw new DomainError('cart_empty', `cart ${cartId} is empty`);
  }
  return quote;
}

/** A quote within a transaction asked for what was not asked outside: the cart changed in between. */
class QuoteOutdated extends Error {}

/**
 * Runs `work` in a transaction with a way to quote there. Services outside are asked before it, in no transaction; inside, their answers
 * are used again for the very same questions. When the questions differ, because somebody changed the cart or the shop meanwhile, all of
 * it is done anew. Where the shop's own tables tell everything, nothing is asked before. `work` tells what it read of the cart.
 */
export async function quotingInTransaction<T>(
  ctx: Context,
  cartId: string,
  chosen: () => Promise<Chosen>,
  work: (
    tx: TransactionContext,
    quote: (chosen: Chosen, cart: PricedCart | null) => Promise<CartQuote>,
  ) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const answers = asksOutside(ctx) ? await answersOf(ctx, cartId, await chosen()) : null;
    try {
      return await ctx.transaction((tx) =>
        work(tx, async (inside, cart) => {
          const facts = await gatherFacts(tx, { ...askedFor(cartId, inside), cart, toReserve: true });
          if (facts === null || facts.cart.lines.length === 0) {
            throw new DomainError('cart_empty', `cart ${cartId} is empty`);
          }
          return quoteFacts(
            tx,
            facts,
            wishesOf(inside),
            answers === null ? quotersOf(tx) : replaying(answers),
          );
        }),
      );
    } catch (error) {
      if (!(error instanceof QuoteOutdated) || attempt >= MAX_TRIES) throw error;
    }
  }
}

const asksOutside = ({ config }: Context) => config.shippo !== null || config.avalara !== null;

/** What was asked of services outside, and what they said. */
type Answers = Map<string, unknown>;

async function answersOf(ctx: Context, cartId: string, chosen: Chosen): Promise<Answers> {
  const answers: Answers = new Map();
  const facts = await gatherFacts(ctx, askedFor(cartId, chosen));
  if (facts === null) return answers;
  const quoters = quotersOf(ctx);
  const noted = async <Answer>(question: string, answer: Promise<Answer>): Promise<Answer> => {
    answers.set(question, await answer);
    return answer;
  };
  await quoteFacts(ctx, facts, wishesOf(chosen), {
    shippingOptions: (parcel) => noted(questionOf('shipping', parcel), quoters.shippingOptions(parcel)),
    taxOf: (sale) => noted(questionOf('tax', sale), quoters.taxOf(sale)),
  });
  return answers;
}

function replaying(answers: Answers): Quoters {
  const answerTo = <Answer>(question: string): Answer => {
    if (!answers.has(question)) throw new QuoteOutdated(`not asked before: ${question}`);
    return answers.get(question) as Answer;
  };
  return {
    shippingOptions: async (parcel) => answerTo(questionOf('shipping', parcel)),
    taxOf: async (sale) => answerTo(questionOf('tax', sale)),
  };
}

/** The moment is left out: it passes between asking and using the answer. */
function questionOf(kind: string, input: object): string {
  return `${kind}:${JSON.stringify({ ...input, at: undefined })}`;
}
