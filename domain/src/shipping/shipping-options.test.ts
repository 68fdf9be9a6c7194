import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CurrencyCode } from '../kernel/index.ts';
import { createTestClock, createTestDomain, type TestDomain } from '../testing/index.ts';
import { countriesServed, findShippingOption, freeShippingFrom, shippingOptions } from './index.ts';

let shop: TestDomain;
beforeAll(async () => {
  // a Monday, 9:00 in Berlin and midnight in Los Angeles
  shop = await createTestDomain({ parts: { clock: createTestClock(new Date('2026-03-02T08:00:00Z')) } });
});
afterAll(() => shop.close());

interface Sent {
  country: string;
  region?: string;
  postcode?: string;
  currency?: CurrencyCode;
  weightGrams?: number;
  subtotalAmount?: number;
  readyAt?: Date;
}

const optionsTo = ({ country, region = '', postcode = '', ...parcel }: Sent) =>
  shippingOptions(shop.ctx, {
    ...{ currency: 'EUR', weightGrams: 500, subtotalAmount: 2_000, items: [] },
    ...parcel,
    destination: { country, region, postcode },
  });
const pricesTo = async (sent: Sent) => (await optionsTo(sent)).map(({ code, amount }) => `${code} ${amount}`);

describe('what a new shop offers', () => {
  test('in the US as before, by weight and sum', async () => {
    const us = { country: 'US', region: 'CA', postcode: '94601', currency: 'USD' } as const;
    expect(await pricesTo(us)).toEqual(['standard 595', 'express 1495', 'pickup 0']);
    expect(await pricesTo({ ...us, weightGrams: 5_000 })).toEqual([
      'standard 1295',
      'express 2995',
      'pickup 0',
    ]);
    expect(await pricesTo({ ...us, subtotalAmount: 7_499 })).toContain('standard 595');
    expect(await pricesTo({ ...us, subtotalAmount: 7_500 })).toContain('standard 0');
    expect(await pricesTo({ ...us, weightGrams: 30_000 })).toEqual(['standard 1295', 'pickup 0']);
    expect(await pricesTo({ ...us, currency: 'GBP' })).toEqual([]);
    expect(await pricesTo({ ...us, region: 'GU', postcode: '96910' })).toEqual(['standard 1295']);
    expect(await pricesTo({ country: 'GB', currency: 'USD' })).toEqual(['international 1995']);
  });

  test('the ids of the old rates still lead to their methods', async () => {
    const old = '01900000-0000-7000-8000-000000000';
    const heavy = await optionsTo({ country: 'US', currency: 'USD', weightGrams: 6_000 });
    expect(findShippingOption(heavy, `${old}102`)).toMatchObject({
      id: `${old}101`,
      amount: 1_295,
      maxDays: 6,
    });
    expect(findShippingOption(heavy, `${old}104`)).toMatchObject({ code: 'express', amount: 2_995 });
    expect(findShippingOption(heavy, null)).toBeNull();
  });

  test('in Europe in euros', async () => {
    expect(await pricesTo({ country: 'DE' })).toEqual(['standard 495', 'express 1295', 'pickup 0']);
    expect(await pricesTo({ country: 'DE', subtotalAmount: 7_000 })).toContain('standard 0');
    expect(await pricesTo({ country: 'DE', weightGrams: 33_000 })).toEqual(['standard 595', 'pickup 0']);
    expect(await pricesTo({ country: 'IT' })).toEqual(['standard 995']);
    expect(await pricesTo({ country: 'CH' })).toEqual([]);
  });

  test('with the days that shoppers read, and where to fetch it', async () => {
    const [standard, express, pickup] = await optionsTo({ country: 'DE' });
    expect(standard).toMatchObject({ earliest: '2026-03-04', latest: '2026-03-06', minDays: 2, maxDays: 4 });
    expect(express).toMatchObject({ earliest: '2026-03-03', latest: '2026-03-03' });
    expect(pickup).toMatchObject({
      kind: 'pickup',
      earliest: '2026-03-02',
      pickup: { name: 'Main warehouse, Berlin desk', address: { city: 'Berlin', country: 'DE' } },
    });
    const [later] = await optionsTo({ country: 'DE', readyAt: new Date('2026-03-10T08:00:00Z') });
    expect(later?.earliest).toBe('2026-03-12');
  });

  test('and what it serves', async () => {
    expect(await countriesServed(shop.ctx, 'USD')).toEqual(['CA', 'DE', 'FR', 'GB', 'US']);
    expect(await countriesServed(shop.ctx, 'EUR')).toHaveLength(27);
    expect(await countriesServed(shop.ctx, null)).toHaveLength(30);
    const free = (country: string, currency: CurrencyCode) =>
      freeShippingFrom(shop.ctx, { destination: { country, region: '', postcode: '' }, currency });
    expect(await free('US', 'USD')).toBe(7_500);
    expect(await free('DE', 'EUR')).toBe(7_000);
    expect(await free('IT', 'EUR')).toBeNull();
  });
});

describe('zones', () => {
  async function addZone(
    code: string,
    areas: { country: string; region?: string; postcodes?: [string, string]; isExcluded?: boolean }[],
    amount: number,
  ) {
    const id = shop.ctx.ids.next();
    await shop.ctx.db.insertInto('shipping_zones').values({ id, code, name: code, position: 99 }).execute();
    await shop.ctx.db
      .insertInto('shipping_zone_areas')
      .values(
        areas.map(({ country, region = '', postcodes: [from, to] = ['', ''], isExcluded = false }) => ({
          ...{ zone_id: id, country, region, postcode_from: from, postcode_to: to },
          is_excluded: isExcluded,
        })),
      )
      .execute();
    await shop.ctx.db
      .insertInto('shipping_methods')
      .values({
        ...{ id, zone_id: id, code, name: code, min_days: 1, max_days: 1 },
        ...{ handling_calendar: 'warehouse-eu', carrier_calendar: 'carrier-eu' },
      })
      .execute();
    await shop.ctx.db
      .insertInto('shipping_method_rates')
      .values({ id, method_id: id, currency: 'EUR', amount })
      .execute();
    return async () => {
      await shop.ctx.db.deleteFrom('shipping_zones').where('id', '=', id).execute();
    };
  }

  test('the most specific one counts: postcodes before states before countries before the world', async () => {
    const gone = [
      await addZone('world', [{ country: '*' }, { country: 'RU', isExcluded: true }], 4_000),
      await addZone(
        'islands',
        [
          { country: 'ES', postcodes: ['35000', '35999'] },
          { country: 'ES', postcodes: ['38', '38'] },
        ],
        3_000,
      ),
      await addZone('las-palmas', [{ country: 'ES', postcodes: ['35001', '35019'] }], 2_500),
      await addZone('bavaria', [{ country: 'DE', region: 'BY' }], 700),
      await addZone(
        'no-chiapas',
        [{ country: 'MX' }, { country: 'MX', region: 'CHP', isExcluded: true }],
        900,
      ),
    ];
    expect(await pricesTo({ country: 'ES', postcode: '28039' })).toEqual(['standard 995']);
    expect(await pricesTo({ country: 'ES', postcode: '35 100' })).toEqual(['islands 3000']);
    expect(await pricesTo({ country: 'ES', postcode: '38001' })).toEqual(['islands 3000']);
    expect(await pricesTo({ country: 'ES', postcode: '35002' })).toEqual(['las-palmas 2500']);
    expect(await pricesTo({ country: 'ES' })).toEqual(['standard 995']);
    expect(await pricesTo({ country: 'DE', region: 'BY' })).toEqual(['bavaria 700']);
    expect(await pricesTo({ country: 'CH' })).toEqual(['world 4000']);
    expect(await pricesTo({ country: 'RU' })).toEqual([]);
    expect(await pricesTo({ country: 'MX', region: 'YUC' })).toEqual(['no-chiapas 900']);
    expect(await pricesTo({ country: 'MX', region: 'CHP' })).toEqual(['world 4000']);
    const served = await countriesServed(shop.ctx, 'EUR');
    expect(served).toContain('CH');
    expect(served).not.toContain('RU');
    for (const remove of gone) await remove();
  });
});
