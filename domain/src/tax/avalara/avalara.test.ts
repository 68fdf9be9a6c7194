import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createOrder, orderCancelled, orderPlaced } from '../../orders/index.ts';
import {
  anAddress,
  createTestClock,
  createTestDomain,
  sellProduct,
  startAvataxStandIn,
  type TestDomain,
} from '../../testing/index.ts';
import { commitTax, type TaxableSale, taxOf, voidTax } from '../index.ts';

const credentials = { accountId: '2000123456', licenseKey: '1A2B3C4D', companyCode: 'SOUK' };
let avatax: Awaited<ReturnType<typeof startAvataxStandIn>>;
let shop: TestDomain;
beforeAll(async () => {
  avatax = await startAvataxStandIn(credentials);
  shop = await createTestDomain({
    parts: { clock: createTestClock() },
    env: {
      AVALARA_ACCOUNT_ID: credentials.accountId,
      AVALARA_LICENSE_KEY: credentials.licenseKey,
      AVALARA_COMPANY_CODE: credentials.companyCode,
      AVALARA_API_BASE: avatax.url,
      SHIP_FROM: JSON.stringify({
        name: 'Souk',
        line1: '2000 Frontage Road',
        city: 'Oakland',
        country: 'US',
      }),
    },
  });
  await vi.waitFor(() => expect(shop.ctx.cache.state()).toBe('up'));
});
afterAll(async () => {
  await shop.close();
  await avatax.close();
});
beforeEach(() => {
  avatax.requests.length = 0;
});

let nonce = 0;
/** A sale that was never asked about before: its sku is its own. */
function sale(more: Partial<TaxableSale> = {}): TaxableSale {
  nonce += 1;
  return {
    destination: {
      country: 'US',
      region: 'PA',
      postcode: '19147',
      city: 'Philadelphia',
      line1: '822 Reed St',
    },
    currency: 'USD',
    pricesIncludeTax: false,
    lines: [
      {
        key: 'gift:a-key-that-is-longer-than-avatax-takes:0123456789',
        sku: `A${nonce}`,
        taxClass: 'standard',
        amount: 1_042,
        quantity: 1,
      },
      { key: 'b', sku: `B${nonce}`, taxClass: 'standard', amount: 2_025, quantity: 3 },
    ],
    shippingAmount: 595,
    vatId: null,
    reference: 'checkout',
    at: new Date('2026-03-01T12:00:00Z'),
    ...more,
  };
}

describe('a quote', () => {
  test('stands as AvaTax gives it, also where our own rounding would differ', async () => {
    const asked = sale();
    const tax = await taxOf(shop.ctx, asked);
    // 8 % of 36.62 is 2.93; AvaTax rounds each jurisdiction on each line by itself.
    expect(tax).toEqual({
      lines: [
        { key: asked.lines[0]?.key, ratePpm: 80_000, amount: 84 },
        { key: 'b', ratePpm: 80_000, amount: 162 },
      ],
      shippingAmount: 48,
      shippingRatePpm: 80_000,
      total: 294,
      breakdown: [
        { name: 'PENNSYLVANIA STATE TAX', ratePpm: 60_000, amount: 221 },
        { name: 'PHILADELPHIA COUNTY TAX', ratePpm: 20_000, amount: 73 },
      ],
      isIncluded: false,
      source: 'avalara',
    });
    expect(avatax.requests[0]?.body).toMatchObject({
      ...{ type: 'SalesOrder', commit: false, companyCode: 'SOUK', date: '2026-03-01', currencyCode: 'USD' },
      lines: [{ number: '1', amount: 10.42, taxCode: 'P0000000' }, {}, { number: 'shipping', taxCode: 'FR' }],
    });
  });

  test('with tax in the price, and of what is exempt', async () => {
    const germany = { country: 'DE', region: '', postcode: '10115' };
    const lines = [{ key: 'a', sku: 'X', taxClass: 'standard', amount: 11_900, quantity: 1 }];
    const included = sale({ destination: germany, currency: 'EUR', pricesIncludeTax: true, lines });
    expect(await taxOf(shop.ctx, { ...included, shippingAmount: 0 })).toMatchObject({
      total: 1_900,
      isIncluded: true,
      source: 'avalara',
    });
    const exempt = lines.map((line) => ({ ...line, taxClass: 'exempt' }));
    expect(await taxOf(shop.ctx, { ...included, lines: exempt, shippingAmount: 0 })).toMatchObject({
      total: 0,
      breakdown: [],
      source: 'avalara',
    });
  });

  test('is asked for once while nothing changes, whoever asks', async () => {
    const asked = sale();
    const first = await taxOf(shop.ctx, asked);
    expect(await taxOf(shop.ctx, { ...asked, reference: 'another' })).toEqual(first);
    expect(avatax.requests).toHaveLength(1);
    await taxOf(shop.ctx, { ...asked, shippingAmount: 1_495 });
    expect(avatax.requests).toHaveLength(2);
  });

  test('falls back to the own tables within a second when AvaTax is slow', async () => {
    avatax.fail({ kind: 'slow', ms: 10_000 });
    const begun = performance.now();
    const tax = await taxOf(shop.ctx, sale());
    expect(performance.now() - begun).toBeLessThan(1_200);
    expect(tax).toMatchObject({ source: 'table', breakdown: [{ name: 'Sales tax (PA)', ratePpm: 60_000 }] });
  });

  test('tries again what fails fast, and falls back when it goes on, or makes no sense', async () => {
    avatax.fail({ kind: 'status', status: 500 });
    expect((await taxOf(shop.ctx, sale())).source).toBe('avalara');
    avatax.fail({ kind: 'malformed' }, { kind: 'hang-up' }, { kind: 'status', status: 429 });
    expect((await taxOf(shop.ctx, sale())).source).toBe('table');
    const wrongSum = { code: 'x', status: 'Temporary', totalTax: 5, lines: [] };
    avatax.fail({ kind: 'status', status: 201, body: wrongSum });
    expect((await taxOf(shop.ctx, sale())).source).toBe('table');
    // What failed was not kept.
    const again = sale();
    expect((await taxOf(shop.ctx, again)).source).toBe('avalara');
  });

  test('a refusal is answered by the own tables too', async () => {
    avatax.fail({ kind: 'status', status: 401, body: { error: { code: 'AuthenticationException' } } });
    expect((await taxOf(shop.ctx, sale())).source).toBe('table');
    expect(avatax.requests).toHaveLength(1);
  });
});

describe('an order', () => {
  /** Writes an order down as placing one would: with a checkout and a reservation behind it. */
  async function place(): Promise<{ orderId: string; number: string }> {
    const { ctx } = shop;
    const { variantId, productId } = await sellProduct(ctx, { stock: 9 });
    const seller = await ctx.db.selectFrom('sellers').select('id').limit(1).executeTakeFirstOrThrow();
    const [checkoutId, reservationId, now] = [ctx.ids.next(), ctx.ids.next(), ctx.clock.now()];
    const times = { created_at: now, updated_at: now };
    await ctx.db
      .insertInto('checkouts')
      .values({ id: checkoutId, status: 'placed', currency: 'USD', ...times })
      .execute();
    await ctx.db
      .insertInto('reservations')
      .values({ id: reservationId, holder_id: checkoutId, status: 'allocated', expires_at: now, ...times })
      .execute();
    const line = {
      ...{ variantId, productId, sellerId: seller.id, sku: 'SHIRT', handle: 'shirt', title: 'Shirt' },
      ...{
        variantTitle: '',
        image: null,
        quantity: 2,
        unitAmount: 2_500,
        taxAmount: 363,
        taxRatePpm: 72_500,
      },
    };
    const { id, number } = await ctx.transaction((tx) =>
      createOrder(tx, {
        ...{ checkoutId, reservationId, userId: null, email: 'ada@example.com', currency: 'USD' },
        ...{ lines: [line], subtotalAmount: 5_000, discountAmount: 0, shippingAmount: 595, taxAmount: 363 },
        ...{ totalAmount: 5_958, shippingAddress: anAddress, billingAddress: anAddress },
        shippingMethod: { name: 'Standard', minDays: 3, maxDays: 5 },
      }),
    );
    return { orderId: id, number };
  }
  const kept = (number: string) => avatax.documents.get(number);

  test('is reported once with what was charged, and voided when cancelled, by its events', async () => {
    const { orderId, number } = await place();
    await shop.runJobs();
    expect(kept(number)).toMatchObject({ status: 'Committed', totalTax: 3.63 });
    const [sent] = avatax.requests;
    expect(sent?.body).toMatchObject({
      ...{ type: 'SalesInvoice', code: number, commit: true },
      lines: [
        { amount: 50, quantity: 2, taxOverride: { type: 'taxAmount', taxAmount: 3.63 } },
        { number: 'shipping', amount: 5.95, taxOverride: { taxAmount: 0 } },
      ],
    });
    expect(JSON.stringify(sent)).not.toMatch(/Ada|example.com/);

    await commitTax(shop.ctx, { orderId });
    await shop.ctx.transaction((tx) => tx.emit(orderPlaced(orderId, { number, checkoutId: orderId })));
    await shop.runJobs();
    expect(avatax.requests).toHaveLength(1);

    const cancelled = orderCancelled(orderId, {
      ...{
        number,
        checkoutId: orderId,
        reservationId: orderId,
        reason: 'other',
        by: 'staff',
        currency: 'USD',
      },
      ...{ paymentMethod: 'card', paymentStatus: 'authorised', refundableAmount: 0, giftCardAmount: 0 },
    });
    await shop.ctx.transaction((tx) => tx.emit(cancelled, cancelled));
    await shop.runJobs();
    expect(kept(number)?.status).toBe('Cancelled');
    expect(avatax.requests.filter(({ path }) => path.endsWith('/void'))).toHaveLength(1);
  });

  test('has one document also when an answer is lost', async () => {
    const { orderId, number } = await place();
    await shop.runJobs();
    await shop.ctx.db.deleteFrom('tax_documents').where('order_id', '=', orderId).execute();
    await commitTax(shop.ctx, { orderId });
    expect(kept(number)?.status).toBe('Committed');
    avatax.fail({ kind: 'hang-up-after' });
    await voidTax(shop.ctx, { orderId });
    await voidTax(shop.ctx, { orderId });
    expect(kept(number)?.status).toBe('Cancelled');
  });

  test('waits while AvaTax is away', async () => {
    const { orderId, number } = await place();
    avatax.fail(
      { kind: 'status', status: 500 },
      { kind: 'status', status: 500 },
      { kind: 'status', status: 500 },
      { kind: 'status', status: 500 },
    );
    await expect(commitTax(shop.ctx, { orderId })).rejects.toMatchObject({ kind: 'away' });
    expect(kept(number)).toBeUndefined();
    await commitTax(shop.ctx, { orderId });
    expect(kept(number)?.status).toBe('Committed');
  });
});
