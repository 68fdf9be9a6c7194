import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { guest, withActor } from '../../kernel/index.ts';
import {
  anAddress,
  createTestClock,
  createTestDomain,
  startShippoStandIn,
  type TestDomain,
} from '../../testing/index.ts';
import { buyLabel, type Parcel, shippingOptions, trackParcel } from '../index.ts';

const token = 'shippo_test_0123456789';
const clock = createTestClock(new Date('2026-03-02T08:00:00Z'));
let shippo: Awaited<ReturnType<typeof startShippoStandIn>>;
let shop: TestDomain;
beforeAll(async () => {
  shippo = await startShippoStandIn(token);
  const shipFrom = {
    name: 'Souk',
    line1: '2000 Frontage Road',
    city: 'Oakland',
    postcode: '94607',
    country: 'US',
  };
  shop = await createTestDomain({
    parts: { clock },
    env: { SHIPPO_API_TOKEN: token, SHIPPO_API_BASE: shippo.url, SHIP_FROM: JSON.stringify(shipFrom) },
  });
  await vi.waitFor(() => expect(shop.ctx.cache.state()).toBe('up'));
});
afterAll(async () => {
  await shop.close();
  await shippo.close();
});
beforeEach(() => {
  shippo.requests.length = 0;
});

let nonce = 1_000;
/** A parcel that was never asked about before: it weighs a gram more than the last. */
function parcel(more: Partial<Parcel> = {}): Parcel {
  nonce += 1;
  return {
    destination: {
      country: 'US',
      region: 'CA',
      postcode: '94601',
      city: 'Oakland',
      line1: '12 Analytical Way',
    },
    ...{ currency: 'USD', weightGrams: nonce, subtotalAmount: 2_000, items: [] },
    ...more,
  };
}
const named = (options: readonly { id: string; source: string }[]) =>
  options.map(({ id, source }) => `${source} ${id}`);
const uuid = '01900000-0000-7000-8000-000000000';

describe('rates', () => {
  test('of carriers stand in place of what the tables charge for, the cheapest first; pick-up stays', async () => {
    const options = await shippingOptions(shop.ctx, parcel());
    expect(named(options)).toEqual([
      'shippo shippo:usps_ground_advantage',
      'shippo shippo:usps_priority',
      'shippo shippo:ups_next_day_air',
      `table ${uuid}325`,
    ]);
    expect(options[1]).toMatchObject({
      ...{ code: 'usps_priority', name: 'USPS Priority Mail', amount: 1_040, currency: 'USD' },
      ...{ minDays: 2, maxDays: 2, earliest: '2026-03-04', latest: '2026-03-04', pickup: null },
    });
    expect(JSON.stringify(shippo.requests[0]?.body)).not.toContain('Lovelace');
    expect(shippo.requests[0]?.body).toMatchObject({ parcels: [{ mass_unit: 'g', distance_unit: 'cm' }] });
  });

  test('what the tables give for nothing stays: it was promised', async () => {
    const options = await shippingOptions(shop.ctx, parcel({ subtotalAmount: 7_500 }));
    expect(options[0]).toMatchObject({ id: `${uuid}101`, amount: 0, source: 'table' });
    expect(options).toHaveLength(5);
  });

  test('come in the currency of the shopper, or not at all; heavy things go in several boxes', async () => {
    const berlin = { country: 'DE', region: '', postcode: '10115' };
    const options = await shippingOptions(shop.ctx, parcel({ destination: berlin, currency: 'EUR' }));
    expect(options.every((option) => option.currency === 'EUR')).toBe(true);
    const pounds = parcel({
      destination: { country: 'GB', region: '', postcode: 'SW1A 1AA' },
      currency: 'GBP',
    });
    expect(await shippingOptions(shop.ctx, pounds)).toEqual([]);
    shippo.requests.length = 0;
    await shippingOptions(shop.ctx, parcel({ weightGrams: 70_001 }));
    expect(shippo.requests[0]?.body).toMatchObject({
      parcels: [{ weight: '23333' }, { weight: '23334' }, { weight: '23334' }],
    });
  });

  test('are asked for once while nothing changes', async () => {
    const asked = parcel();
    const first = await shippingOptions(shop.ctx, asked);
    expect(await shippingOptions(shop.ctx, { ...asked, subtotalAmount: 2_100 })).toEqual(first);
    expect(shippo.requests).toHaveLength(1);
  });

  test('come from the own tables within a second when Shippo is slow, and when it makes no sense', async () => {
    const fromTables = [`table ${uuid}101`, `table ${uuid}104`, `table ${uuid}325`];
    shippo.fail({ kind: 'slow', ms: 10_000 });
    const begun = performance.now();
    expect(named(await shippingOptions(shop.ctx, parcel()))).toEqual(fromTables);
    expect(performance.now() - begun).toBeLessThan(1_200);
    shippo.fail({ kind: 'malformed' }, { kind: 'status', status: 429 }, { kind: 'status', status: 500 });
    expect(named(await shippingOptions(shop.ctx, parcel()))).toEqual(fromTables);
    shippo.fail({ kind: 'status', status: 201, body: { status: 'SUCCESS', rates: [{ amount: '-1' }] } });
    expect(named(await shippingOptions(shop.ctx, parcel()))).toEqual(fromTables);
    shippo.fail({ kind: 'status', status: 401, body: { detail: 'Invalid credentials' } });
    expect(named(await shippingOptions(shop.ctx, parcel()))).toEqual(fromTables);
    shippo.fail({ kind: 'status', status: 503 });
    expect((await shippingOptions(shop.ctx, parcel()))[0]?.source).toBe('shippo');
  });
});

describe('a label', () => {
  const request = (more: { requestId?: string; service?: string } = {}) => ({
    ...{ requestId: crypto.randomUUID(), orderId: crypto.randomUUID(), to: anAddress, weightGrams: 800 },
    ...{ currency: 'USD' as const, service: 'usps_priority' },
    ...more,
  });

  test('is bought once for a request, by staff', async () => {
    const wanted = request();
    const label = await buyLabel(shop.ctx, wanted);
    expect(label).toMatchObject({
      service: 'usps_priority',
      trackingNumber: expect.stringMatching(/^92055/),
    });
    expect(label.labelUrl).toMatch(/pdf$/);
    const paid = shippo.labels.length;
    expect(await buyLabel(shop.ctx, wanted)).toEqual(label);
    expect(shippo.labels).toHaveLength(paid);
    await expect(buyLabel(shop.ctx, { ...wanted, service: 'ups_next_day_air' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(buyLabel(withActor(shop.ctx, guest), wanted)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test('many times at once is one', async () => {
    const wanted = request();
    const paid = shippo.labels.length;
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => buyLabel(shop.ctx, wanted)));
    expect(tries.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(shippo.labels).toHaveLength(paid + 1);
  });

  test('whose answer was lost is found, and not paid for twice', async () => {
    const wanted = request();
    const paid = shippo.labels.length;
    shippo.fail({ kind: 'slow', ms: 0 }, { kind: 'hang-up-after' });
    await expect(buyLabel(shop.ctx, wanted)).rejects.toMatchObject({ code: 'unavailable' });
    expect(shippo.labels).toHaveLength(paid + 1);
    expect((await buyLabel(shop.ctx, wanted)).trackingNumber).toMatch(/^92055/);
    expect(shippo.labels).toHaveLength(paid + 1);
  });

  test('that a carrier refuses is refused for good; a service that is not offered too', async () => {
    const wanted = request();
    shippo.refuseLabels(true);
    const refused = { code: 'no_shipping', data: { reason: 'failed_address_validation' } };
    await expect(buyLabel(shop.ctx, wanted)).rejects.toMatchObject(refused);
    shippo.refuseLabels(false);
    await expect(buyLabel(shop.ctx, wanted)).rejects.toMatchObject(refused);
    await expect(buyLabel(shop.ctx, request({ service: 'dhl_express' }))).rejects.toMatchObject({
      data: { reason: 'service_not_offered' },
    });
  });

  test('waits while Shippo is away', async () => {
    const wanted = request();
    shippo.fail(
      { kind: 'status', status: 500 },
      { kind: 'status', status: 500 },
      { kind: 'status', status: 500 },
    );
    await expect(buyLabel(shop.ctx, wanted)).rejects.toMatchObject({ code: 'unavailable' });
    expect((await buyLabel(shop.ctx, wanted)).trackingNumber).toMatch(/^92055/);
  });
});

test('a parcel is tracked by its carrier and number', async () => {
  const tracked = await trackParcel(shop.ctx, { carrier: 'usps', trackingNumber: 'SHIPPO_TRANSIT' });
  expect(tracked).toMatchObject({
    status: 'TRANSIT',
    eta: '2026-03-04T00:00:00Z',
    history: [{ status: 'TRANSIT', place: 'Oakland, US' }, { status: 'PRE_TRANSIT' }],
  });
  await trackParcel(shop.ctx, { carrier: 'usps', trackingNumber: 'SHIPPO_TRANSIT' });
  expect(shippo.requests).toHaveLength(1);
  await expect(trackParcel(shop.ctx, { carrier: 'usps', trackingNumber: '../x' })).rejects.toMatchObject({
    code: 'not_found',
  });
  shippo.fail({ kind: 'hang-up' }, { kind: 'hang-up' }, { kind: 'hang-up' });
  await expect(trackParcel(shop.ctx, { carrier: 'ups', trackingNumber: '1Z' })).rejects.toMatchObject({
    code: 'unavailable',
  });
});
