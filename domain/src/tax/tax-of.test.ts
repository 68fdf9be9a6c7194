import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { taxOf } from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(() => shop.close());

interface Sold {
  country: string;
  region?: string;
  postcode?: string;
  taxClass?: string;
  amount?: number;
  shippingAmount?: number;
  included?: boolean;
  at?: string;
}

const taxTo = ({ country, region = '', postcode = '', taxClass = 'standard', ...sold }: Sold) =>
  taxOf(shop.ctx, {
    destination: { country, region, postcode },
    currency: country === 'US' ? 'USD' : 'EUR',
    pricesIncludeTax: sold.included ?? false,
    lines: [{ key: 'a', sku: 'A', taxClass, amount: sold.amount ?? 100_000, quantity: 1 }],
    shippingAmount: sold.shippingAmount ?? 0,
    vatId: null,
    reference: 'checkout',
    at: new Date(sold.at ?? '2026-03-02T08:00:00Z'),
  });
const rateAt = async (sold: Sold) => (await taxTo(sold)).lines[0]?.ratePpm;

describe('sales tax in the US', () => {
  test('by state, as before', async () => {
    expect(
      await taxTo({ country: 'US', region: 'CA', postcode: '94601', amount: 2_500, shippingAmount: 595 }),
    ).toEqual({
      lines: [{ key: 'a', ratePpm: 72_500, amount: 181 }],
      shippingAmount: 0,
      shippingRatePpm: 0,
      total: 181,
      breakdown: [{ name: 'Sales tax (CA)', ratePpm: 72_500, amount: 181 }],
      isIncluded: false,
      source: 'table',
    });
    expect(await taxTo({ country: 'US', region: 'OR' })).toMatchObject({ total: 0, breakdown: [] });
    const texas = await taxTo({ country: 'US', region: 'TX', amount: 10_000, shippingAmount: 1_000 });
    expect(texas).toMatchObject({ total: 688, shippingAmount: 63, shippingRatePpm: 62_500 });
  });

  test('counties, cities and districts add to it', async () => {
    expect((await taxTo({ country: 'US', region: 'NY', postcode: '10001' })).breakdown).toEqual([
      { name: 'Sales tax (NY)', ratePpm: 40_000, amount: 4_000 },
      { name: 'New York City sales tax', ratePpm: 45_000, amount: 4_500 },
      { name: 'Metropolitan Commuter District', ratePpm: 3_750, amount: 375 },
    ]);
    expect(await rateAt({ country: 'US', region: 'NY', postcode: '14201' })).toBe(40_000);
    expect(await rateAt({ country: 'US', region: 'IL', postcode: '60601-1234' })).toBe(102_500);
    const la = { country: 'US', region: 'CA', postcode: '90012' };
    expect(await rateAt({ ...la, at: '2025-03-31T23:00:00Z' })).toBe(95_000);
    expect(await rateAt({ ...la, at: '2025-04-01T00:00:00Z' })).toBe(97_500);
  });
});

describe('value-added tax in Europe', () => {
  test('stays inside the price, shipping with it', async () => {
    const tax = await taxTo({ country: 'DE', amount: 2_999, shippingAmount: 495, included: true });
    // 34.94 gross: 29.36 net
    expect(tax).toMatchObject({ total: 558, isIncluded: true, shippingRatePpm: 190_000 });
    expect(tax.breakdown).toEqual([{ name: 'VAT', ratePpm: 190_000, amount: 558 }]);
  });

  test('changes with the law', async () => {
    expect(await rateAt({ country: 'DE', at: '2020-12-31T12:00:00Z' })).toBe(160_000);
    expect(await rateAt({ country: 'DE', at: '2021-01-01T12:00:00Z' })).toBe(190_000);
    expect(await rateAt({ country: 'EE', at: '2025-06-30T12:00:00Z' })).toBe(220_000);
    expect(await rateAt({ country: 'EE', at: '2025-07-01T12:00:00Z' })).toBe(240_000);
    expect(await rateAt({ country: 'FI', taxClass: 'reduced_2' })).toBe(135_000);
  });

  test('has classes, and places that are no part of it', async () => {
    expect(await rateAt({ country: 'DE', taxClass: 'reduced' })).toBe(70_000);
    expect(await rateAt({ country: 'DK', taxClass: 'reduced' })).toBe(250_000);
    expect(await rateAt({ country: 'ES', postcode: '35001', taxClass: 'reduced' })).toBe(0);
    expect(await rateAt({ country: 'DE', postcode: '27498' })).toBe(0);
    expect(await rateAt({ country: 'PT', postcode: '9000-001' })).toBe(220_000);
    expect(await rateAt({ country: 'CH' })).toBe(0);
  });
});

const published = new URL('../../../../shared/data/tax/vat-rates.json', import.meta.url);
const periods = z.array(z.object({ effective_from: z.string(), rates: z.record(z.string(), z.number()) }));
const table = z.object({ items: z.record(z.string(), periods) });

test.runIf(existsSync(published))(
  'the rates of the EU are those that others keep, now and since 2021',
  async () => {
    const { items } = table.parse(JSON.parse(readFileSync(published, 'utf8')));
    const countries = Object.entries(items).filter(([country]) => country !== 'GB');
    expect(countries).toHaveLength(27);
    for (const [country, dated] of countries) {
      for (const [place, { effective_from: from, rates }] of dated.entries()) {
        if (place > 0 && from < '2021') continue;
        const at = place === 0 ? '2025-12-01' : from;
        const standard = await rateAt({ country, at: `${at}T12:00:00Z` });
        expect([country, at, standard]).toEqual([country, at, Math.round((rates.standard ?? 0) * 10_000)]);
      }
    }
  },
);
if (!existsSync(published)) console.info('left out: there are no published rates at shared/data');
