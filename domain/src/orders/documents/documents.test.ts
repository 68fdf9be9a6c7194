import fc from 'fast-check';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guest, withActor } from '../../kernel/index.ts';
import {
  anAddress,
  brokenInvariants,
  createTestDomain,
  plainDraft,
  signUp,
  someWares,
  type TestDomain,
  type Wares,
  writeOrder,
} from '../../testing/index.ts';
import {
  anonymiseOrders,
  cancelOrder,
  documentInput,
  getOrderDocument,
  markOrderPaid,
  type OrderDraft,
  orderToken,
  readOrder,
  recordFailedRefund,
  recordRefund,
} from '../index.ts';
import { anyDraft } from '../testing/random-orders.ts';
import { documentContent, sellerSnapshot } from './document-content.ts';
import { issueInvoice } from './issue-documents.ts';
import { taxTable } from './tax-table.ts';

let shop: TestDomain;
let wares: Wares;
beforeAll(async () => {
  shop = await createTestDomain({
    env: {
      SHOP_LEGAL_NAME: 'Souk Händler GmbH',
      SHOP_ADDRESS: 'Marktstraße 1; 10115 Berlin; Germany',
      SHOP_VAT_ID: 'DE136695976',
      SHOP_BANK_IBAN: 'DE89 3704 0044 0532 0130 00',
    },
  });
  wares = await someWares(shop.ctx);
});
afterAll(() => shop?.close());

type Draft = Omit<OrderDraft, 'checkoutId' | 'reservationId'>;

async function anOrder(draft: Draft) {
  const { id, number } = await writeOrder(shop.ctx, draft);
  return { id, number, token: orderToken(shop.ctx, id) };
}

const ofBuyer = (order: { number: string; token: string }, kind: 'invoice' | 'receipt' | 'credit_note') =>
  getOrderDocument(
    withActor(shop.ctx, guest),
    documentInput.parse({ number: order.number, token: order.token, kind }),
  );

async function pagesOf(pdf: string | null): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(Buffer.from(pdf ?? '', 'base64')));
  const { text } = await extractText(document);
  return text.map((page) => page.replaceAll(/[\u00a0\u202f]/g, ' '));
}

const euros = (amount: number) =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }).format(amount / 100);

/** What a German sale of three lines comes to, prices with 19 % and 7 % of tax in them. */
function germanDraft(changes: Partial<OrderDraft> = {}): Draft {
  const line = { ...wares, image: null, variantTitle: '' };
  return plainDraft(wares, {
    currency: 'EUR',
    locale: 'de',
    pricesIncludeTax: true,
    vatId: 'DE136695976',
    shippingAddress: { ...anAddress, fullName: 'Zoë Łukasiewicz-Ångström', country: 'DE', region: '' },
    billingAddress: { ...anAddress, fullName: 'Ελένη Дарья Œuvré', country: 'DE', region: '' },
    lines: [
      {
        ...line,
        sku: 'A',
        title: 'Krug',
        quantity: 2,
        unitAmount: 1_190,
        taxAmount: 380,
        taxRatePpm: 190_000,
      },
      {
        ...line,
        ...{ sku: 'B', title: 'Tee', quantity: 1, unitAmount: 1_170, taxAmount: 70, taxRatePpm: 70_000 },
        ...{ discountAmount: 100, discounts: [{ promotionId: 'p', label: 'Mai-Rabatt', amount: 100 }] },
      },
      {
        ...line,
        ...{ sku: 'C', title: 'Löffel', kind: 'gift', quantity: 1, unitAmount: 300, discountAmount: 300 },
        ...{
          discounts: [{ promotionId: 'g', label: 'Geschenk', amount: 300 }],
          taxAmount: 0,
          taxRatePpm: 190_000,
        },
      },
    ],
    shippingAmount: 595,
    taxAmount: 380 + 70 + 95,
    taxes: [
      { name: 'USt', ratePpm: 190_000, amount: 475 },
      { name: 'USt', ratePpm: 70_000, amount: 70 },
    ],
    payment: { method: 'invoice', status: 'awaiting', detail: null, dueAmount: 4_045 },
    ...changes,
  });
}

describe('an invoice', () => {
  test('tells what the law asks for: who, whom, what, when, each rate with what it is reckoned from, and how to pay', async () => {
    const draft = germanDraft();
    const order = await anOrder({
      ...draft,
      payment: { method: 'invoice', status: 'awaiting', detail: null, dueAmount: draft.totalAmount },
    });
    await expect(ofBuyer(order, 'invoice')).rejects.toMatchObject({ code: 'not_found' });
    await shop.runJobs();
    const invoice = await ofBuyer(order, 'invoice');
    const [page = '', ...others] = await pagesOf(invoice.pdf);
    expect(others).toEqual([]);
    for (const said of [
      `Rechnung INV-${new Date().getUTCFullYear()}-0000`,
      'Souk Händler GmbH',
      'Marktstraße 1',
      'DE136695976',
      'Zoë Łukasiewicz-Ångström',
      'Ελένη Дарья Œuvré',
      order.number,
      'Krug',
      'Mai-Rabatt: -1,00 €',
      'Geschenk',
      'Summe 40,45 €',
      '19 % 25,00 € 4,75 € 29,75 €',
      '7 % 10,00 € 0,70 € 10,70 €',
      'IBAN DE89370400440532013000',
      'Seite 1 von 1',
    ]) {
      expect(page).toContain(said);
    }
  });

  test('is the same bytes each time, tagged and titled; a copy at hand is not sent again', async () => {
    const order = await anOrder(germanDraft());
    await shop.runJobs();
    const [one, two] = [await ofBuyer(order, 'invoice'), await ofBuyer(order, 'invoice')];
    expect(one.pdf).toBe(two.pdf);
    const known = documentInput.parse({
      number: order.number,
      token: order.token,
      kind: 'invoice',
      knownEtag: one.etag,
    });
    expect(await getOrderDocument(withActor(shop.ctx, guest), known)).toEqual({ ...one, pdf: null });
    const bytes = Buffer.from(one.pdf ?? '', 'base64');
    const document = await getDocumentProxy(new Uint8Array(bytes));
    const { info } = await getMeta(document);
    expect(info).toMatchObject({ Title: expect.stringMatching(/^Rechnung INV-/), Language: 'de' });
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
    const tree = JSON.stringify(await (await document.getPage(1)).getStructTree());
    for (const role of ['Document', 'H1', 'Table', 'TR', 'TH', 'TD'])
      expect(tree).toContain(`"role":"${role}"`);
    expect(bytes.toString('latin1')).toContain('pdfaid:part');
    expect(bytes.byteLength).toBeLessThan(60_000);
  });

  test('of many lines goes over pages, loses none, and repeats the head of its table', async () => {
    const lines = Array.from({ length: 90 }, (_, index) => ({
      ...wares,
      sku: `SKU-${index}`,
      title: `Thing number ${index} with a name that is long enough to need a second line in its column`,
      variantTitle: 'Blue',
      image: null,
      quantity: 1,
      unitAmount: 1_00 + index,
      taxAmount: 0,
      taxRatePpm: 0,
    }));
    const order = await anOrder(plainDraft(wares, { lines }));
    await shop.ctx.transaction((tx) => issueInvoice(tx, order.id));
    const pages = await pagesOf((await ofBuyer(order, 'invoice')).pdf);
    expect(pages.length).toBeGreaterThan(3);
    for (const [index, page] of pages.entries())
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    for (const page of pages.slice(0, -1)) expect(page).toContain('Unit price');
    for (const { sku } of lines)
      expect(pages.join('\n').match(new RegExp(`SKU ${sku}\\b`, 'g'))).toHaveLength(1);
  });

  test('opens to its buyer and to staff, and to nobody else', async () => {
    const order = await anOrder(germanDraft());
    await shop.ctx.transaction((tx) => issueInvoice(tx, order.id));
    const input = documentInput.parse({ number: order.number, kind: 'invoice' });
    const [stranger, support] = [await signUp(shop.ctx), await signUp(shop.ctx, { role: 'support' })];
    expect(await getOrderDocument(support.ctx, input)).toMatchObject({ pdf: expect.any(String) });
    for (const ctx of [withActor(shop.ctx, guest), stranger.ctx]) {
      await expect(getOrderDocument(ctx, input)).rejects.toMatchObject({ code: 'not_found' });
      const forged = documentInput.parse({ ...input, token: 'forged' });
      await expect(getOrderDocument(ctx, forged)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('no longer names a buyer who was erased', async () => {
    const user = await signUp(shop.ctx);
    const order = await anOrder(germanDraft({ userId: user.userId }));
    await shop.ctx.transaction((tx) => issueInvoice(tx, order.id));
    const before = await ofBuyer(order, 'invoice');
    await shop.ctx.transaction((tx) => anonymiseOrders(tx, { userId: user.userId }));
    const after = await ofBuyer(order, 'invoice');
    expect(after.etag).not.toBe(before.etag);
    expect((await pagesOf(after.pdf)).join()).not.toMatch(/Zoë|Дарья|Analytical/);
  });
});

test('invoices that are issued at once have numbers without a gap, also when some are given up; one an order', async () => {
  const orders = await Promise.all(Array.from({ length: 12 }, () => anOrder(germanDraft())));
  await shop.runJobs();
  const more = await Promise.all(Array.from({ length: 12 }, () => anOrder(plainDraft(wares))));
  await Promise.allSettled(
    [...orders, ...more, ...more].map(({ id }, index) =>
      shop.ctx.transaction(async (tx) => {
        await issueInvoice(tx, id);
        if (index % 5 === 4) throw new Error('the power went');
      }),
    ),
  );
  expect(await brokenInvariants(shop.ctx)).not.toContainEqual(expect.stringContaining('gap'));
  const rows = await shop.ctx.db.selectFrom('order_documents').select(['serial', 'order_id']).execute();
  expect(rows.map((row) => row.serial).toSorted((a, b) => a - b)).toEqual(rows.map((_, index) => index + 1));
  expect(new Set(rows.map((row) => row.order_id)).size).toBe(rows.length);
});

describe('what follows an invoice', () => {
  const paidOrder = async () => {
    const draft = plainDraft(wares, {
      currency: 'EUR',
      payment: {
        method: 'card',
        status: 'authorised',
        detail: { type: 'card', brand: 'visa', last4: '4242' },
        dueAmount: 1_000,
      },
    });
    const order = await anOrder(draft);
    await shop.ctx.transaction((tx) => markOrderPaid(tx, order.id, 1_000));
    await shop.runJobs();
    return order;
  };

  test('a receipt tells what was paid, how, and what went back', async () => {
    const order = await paidOrder();
    const [page = ''] = await pagesOf((await ofBuyer(order, 'receipt')).pdf);
    expect(page).toContain(`Receipt ${order.number}`);
    expect(page).toContain('Received: Visa ending in 4242 €10.00');
    await shop.ctx.transaction((tx) => recordRefund(tx, order.id, { amount: 250, refundId: 're_1' }));
    await shop.runJobs();
    const [later = ''] = await pagesOf((await ofBuyer(order, 'receipt')).pdf);
    expect(later).toContain('Refunded -€2.50');
    const [credit = ''] = await pagesOf((await ofBuyer(order, 'credit_note')).pdf);
    expect(credit).toMatch(/Credit note CN-\d{4}-\d{6}/);
    expect(credit).toContain('Total €2.50');
    expect(credit).toMatch(/For invoice INV-\d{4}-\d{6}/);
    expect((await readOrder(shop.ctx, order.id)).documents.map(({ kind }) => kind)).toEqual([
      'invoice',
      'credit_note',
    ]);
  });

  test('a refund that did not arrive is told; the one in its place is not credited once more', async () => {
    const order = await paidOrder();
    const back = (refundId: string, amount: number) =>
      shop.ctx.transaction((tx) => recordRefund(tx, order.id, { amount, refundId }));
    await back('re_1', 250);
    await shop.runJobs();
    await shop.ctx.transaction((tx) => recordFailedRefund(tx, order.id, { amount: 250, refundId: 're_1' }));
    await back('re_2', 250);
    await back('re_3', 100);
    await shop.runJobs();
    const [page = ''] = await pagesOf((await ofBuyer(order, 'receipt')).pdf);
    expect(page).toContain('Refund that did not arrive €2.50');
    const rows = await shop.ctx.db
      .selectFrom('order_documents')
      .select('amount')
      .where('order_id', '=', order.id)
      .where('kind', '=', 'credit_note')
      .orderBy('issued_at')
      .execute();
    expect(rows.map((row) => row.amount)).toEqual([250, 100]);
  });

  test('an order that is called off is credited whole, less what was credited before; its refund not once more', async () => {
    const order = await paidOrder();
    await shop.ctx.transaction((tx) => recordRefund(tx, order.id, { amount: 250, refundId: 're_1' }));
    await cancelOrder(shop.ctx, { orderId: order.id, reason: 'mistake' });
    await shop.ctx.transaction((tx) => recordRefund(tx, order.id, { amount: 750, refundId: 're_2' }));
    await shop.runJobs();
    const rows = await shop.ctx.db
      .selectFrom('order_documents')
      .select(['kind', 'amount'])
      .where('order_id', '=', order.id)
      .orderBy('issued_at')
      .execute();
    expect(rows).toEqual([
      { kind: 'invoice', amount: 1_000 },
      { kind: 'credit_note', amount: 250 },
      { kind: 'credit_note', amount: 750 },
    ]);
  });
});

test('for orders of all kinds the table of taxes adds up to the total, and the page says so', async () => {
  const drafts = fc.sample(anyDraft(wares, plainDraft), { numRuns: 60, seed: 7 });
  for (const [index, draft] of drafts.entries()) {
    const { id } = await anOrder({ ...draft, locale: 'en' });
    const order = await readOrder(shop.ctx, id);
    const rows = taxTable(order);
    const sum = rows.reduce((all, row) => all + (row.netAmount ?? 0) + row.taxAmount, 0);
    if (rows.length > 0) expect([id, sum]).toEqual([id, order.total.amount]);
    expect(rows.reduce((all, row) => all + row.taxAmount, 0)).toBe(order.tax.amount);
    if (index % 12 > 0) continue;
    const token = orderToken(shop.ctx, id);
    await shop.ctx.transaction((tx) => issueInvoice(tx, id));
    const text = (await pagesOf((await ofBuyer({ number: order.number, token }, 'invoice')).pdf)).join('\n');
    expect(text).toContain(`Total ${euros(order.total.amount)}`);
    for (const row of rows) {
      const gross = (row.netAmount ?? 0) + row.taxAmount;
      expect(text).toContain(`${euros(row.netAmount ?? 0)} ${euros(row.taxAmount)} ${euros(gross)}`);
    }
  }
});

test('taxes of several places on one line are told without what they are reckoned from', async () => {
  const { id } = await anOrder(
    plainDraft(wares, {
      lines: [
        {
          ...wares,
          sku: 'A',
          title: 'Thing',
          variantTitle: '',
          image: null,
          quantity: 1,
          unitAmount: 10_000,
          taxAmount: 875,
          taxRatePpm: 87_500,
        },
      ],
      taxes: [
        { name: 'California', ratePpm: 72_500, amount: 725 },
        { name: 'Oakland', ratePpm: 15_000, amount: 150 },
      ],
    }),
  );
  const order = await readOrder(shop.ctx, id);
  const seller = sellerSnapshot.parse(shop.config.seller);
  const issued = {
    kind: 'invoice',
    number: 'INV-1',
    issuedAt: new Date(0),
    seller,
    amount: 10_875,
    invoiceNumber: null,
  } as const;
  const { tables } = documentContent(order, issued);
  expect(tables).toMatchObject([
    { rows: [{ cells: ['California', '7.25%', 'US$7.25'] }, { cells: ['Oakland', '1.5%', 'US$1.50'] }] },
  ]);
});
