import { checkInvariants, type Domain } from '@souk/domain/app';
import { system } from '@souk/domain/kernel';
import { compareShopWithProvider } from './compare.ts';
import type { Breach, ProviderIntent, ShopBooks } from './model.ts';
import { readProviderBooks } from './provider-books.ts';
import { readShopBooks } from './shop-books.ts';

export interface CheckedBooks {
  readonly breaches: readonly Breach[];
  readonly shop: ShopBooks;
  readonly intents: readonly ProviderIntent[];
}

/**
 * Proves from Postgres and the provider's books that stock and money are right, once all work is done: every invariant of the design, and
 * that both books tell the same.
 *
 * @param options.sharesProvider others use the provider too
 */
export async function checkBooks(
  domain: Domain,
  options: { sharesProvider?: boolean } = {},
): Promise<CheckedBooks> {
  const ctx = domain.context({ actor: system });
  const invariants = await checkInvariants(ctx);
  const [shop, intents] = await Promise.all([readShopBooks(domain), readProviderBooks(ctx.services.stripe)]);
  const broken = invariants
    .filter(({ breaches }) => breaches > 0)
    .map(({ claim, breaches, examples }) => ({
      claim,
      subject: examples.join(', '),
      detail: `${breaches} in all`,
    }));
  return { breaches: [...broken, ...compareShopWithProvider(shop, intents, options)], shop, intents };
}

/** A breach on one line. */
export function tell({ claim, subject, detail }: Breach): string {
  return `not so: ${claim}: ${subject} (${detail})`;
}
