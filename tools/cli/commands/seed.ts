import { count, startProgress, waitForSearch, withDomain } from '@souk/bff/cli';
import { listProductIds } from '@souk/domain/catalog';
import { type Command, InvalidArgumentError } from 'commander';
import { seedPromotions } from '../../seed/demo-promotions.ts';
import { CATALOGUE_SIZE, seedShop } from '../../seed/seed-shop.ts';

interface SeedOptions {
  ifEmpty: boolean;
  size: number;
}

/** Declares `souk seed`. */
export function addSeed(program: Command): void {
  program
    .command('seed')
    .description('fill the shop with a demo catalogue, the same every time, with pictures of our own')
    .option('--if-empty', 'do nothing when there are products already', false)
    .option('--size <products>', 'how many products', parseSize, CATALOGUE_SIZE)
    .action(seed);
}

function parseSize(text: string): number {
  const size = Number(text);
  if (!/^\d+$/.test(text) || size < 1 || size > CATALOGUE_SIZE) {
    throw new InvalidArgumentError(`expected a whole number from 1 to ${CATALOGUE_SIZE}`);
  }
  return size;
}

async function seed(options: SeedOptions): Promise<void> {
  await withDomain(async (ctx, domain) => {
    const [first] = await listProductIds(ctx, { after: null, limit: 1 });
    if (options.ifEmpty && first !== undefined) return console.log('The shop has products already.');
    const startedAt = Date.now();
    const progress = startProgress({ title: 'Painting', total: 100, things: 'pictures' });
    const seeded = await seedShop(ctx, {
      size: options.size,
      onProgress: (painted, total) => progress.update((100 * painted) / total, painted),
    }).finally(() => progress.stop());
    await seedPromotions(ctx);
    const behind = await waitForSearch(ctx, domain);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    console.log(
      `${count(seeded.products)} products (${count(seeded.changed)} new or changed) with ${count(seeded.pictures)} pictures, after ${seconds} s.`,
    );
    if (behind > 0)
      console.log(`The search is still ${count(behind)} changes behind: the worker goes on with them.`);
  });
}
