import { z } from 'zod';
import type { Money, SellerConfig } from '../../kernel/index.ts';
import type { OrderView } from '../model.ts';
import type { OrderLocale } from '../order-draft.ts';
import { partOf, type TaxRow, taxTable } from './tax-table.ts';
import { type DocumentWords, documentWords } from './words.ts';

export type DocumentKind = 'invoice' | 'receipt' | 'credit_note';

/** Who sold, as it was when a document was issued. */
export const sellerSnapshot = z.object({
  legalName: z.string(),
  address: z.array(z.string()),
  vatId: z.string(),
  registration: z.string(),
  email: z.string(),
  bank: z.object({ holder: z.string(), iban: z.string(), bic: z.string(), bank: z.string() }).nullable(),
}) satisfies z.ZodType<SellerConfig>;

/** A document before it is drawn: all words and sums, written in the reader's way. */
export interface DocumentContent {
  readonly language: OrderLocale;
  readonly paper: 'A4' | 'LETTER';
  readonly title: string;
  readonly issuedAt: Date;
  readonly seller: readonly string[];
  readonly facts: readonly Fact[];
  /** Addresses, each under what it is. */
  readonly parties: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly items: Table;
  readonly sums: readonly (Fact & { readonly isStrong?: boolean })[];
  /** Taxes, payments. */
  readonly tables: readonly (Table & { readonly title: string })[];
  readonly notes: readonly string[];
  /** Small, at the foot of each page. */
  readonly foot: string;
  readonly pageOf: (page: number, pages: number) => string;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Table {
  readonly columns: readonly string[];
  /** The first cell of a row may have smaller lines below. */
  readonly rows: readonly { readonly cells: readonly string[]; readonly details: readonly string[] }[];
}

/** What a document is issued for. */
export interface Issued {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuedAt: Date;
  readonly seller: SellerConfig;
  /** What a credit note gives back, in minor units. */
  readonly amount: number;
  /** The invoice that a credit note corrects. */
  readonly invoiceNumber: string | null;
}

interface Pen {
  readonly words: DocumentWords;
  money(money: Money): string;
  amount(amount: number): string;
  day(day: Date): string;
  rate(ratePpm: number): string;
  country(code: string): string;
}

function penFor(order: OrderView): Pen {
  const tag = order.locale === 'de' ? 'de-DE' : 'en-GB';
  const { currency } = order.total;
  const sums = new Intl.NumberFormat(tag, { style: 'currency', currency });
  const digits = sums.resolvedOptions().maximumFractionDigits ?? 2;
  const days = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const rates = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 4 });
  const countries = new Intl.DisplayNames(tag, { type: 'region' });
  const amount = (of: number) => sums.format(of / 10 ** digits);
  return {
    words: documentWords[order.locale],
    amount,
    money: (money) => amount(money.amount),
    day: (day) => days.format(day),
    rate: (ratePpm) => rates.format(ratePpm / 1_000_000),
    country: (code) => countries.of(code) ?? code,
  };
}

/** What a document says. Pure: the same order and issue always say the same. */
export function documentContent(order: OrderView, issued: Issued): DocumentContent {
  const pen = penFor(order);
  const { words } = pen;
  const isCredit = issued.kind === 'credit_note';
  const taxes = partOf(taxTable(order), order.total.amount, isCredit ? issued.amount : order.total.amount);
  return {
    language: order.locale,
    paper: ['US', 'CA'].includes(order.billingAddress.country) ? 'LETTER' : 'A4',
    title: `${words.titles[issued.kind]} ${issued.kind === 'receipt' ? order.number : issued.number}`,
    issuedAt: issued.issuedAt,
    seller: [issued.seller.legalName, ...issued.seller.address],
    facts: factsOf(order, issued, pen),
    parties: partiesOf(order, pen),
    items: isCredit ? creditItems(order, issued, pen) : itemsOf(order, pen),
    sums: isCredit
      ? [{ label: words.total, value: pen.amount(issued.amount), isStrong: true }]
      : sumsOf(order, pen),
    tables: [
      ...(taxes.length === 0 ? [] : [taxesOf(taxes, pen)]),
      ...(issued.kind === 'receipt' ? [paymentsOf(order, pen)] : []),
    ],
    notes: notesOf(order, issued, pen),
    foot: footOf(issued.seller, words),
    pageOf: words.page,
  };
}

function factsOf(order: OrderView, issued: Issued, pen: Pen): Fact[] {
  const { words } = pen;
  return [
    ...(issued.kind === 'receipt' ? [] : [{ label: words.number, value: issued.number }]),
    { label: words.date, value: pen.day(issued.issuedAt) },
    ...(issued.invoiceNumber === null ? [] : [{ label: words.ofInvoice, value: issued.invoiceNumber }]),
    { label: words.order, value: order.number },
    { label: words.orderedOn, value: pen.day(order.placedAt) },
    ...(order.vatId === null ? [] : [{ label: words.yourVatId, value: order.vatId }]),
  ];
}

function partiesOf(order: OrderView, pen: Pen): DocumentContent['parties'] {
  const { words } = pen;
  const { pickup } = order.shippingMethod;
  return [
    { title: words.billedTo, lines: addressLines(order.billingAddress, pen) },
    pickup === null
      ? { title: words.deliveredTo, lines: addressLines(order.shippingAddress, pen) }
      : {
          title: words.fetchedAt,
          lines: [pickup.name, ...addressLines({ ...pickup.address, fullName: '' }, pen)],
        },
  ];
}

function addressLines(address: OrderView['billingAddress'], pen: Pen): string[] {
  const { fullName, line1, line2, city, region, postcode, country } = address;
  const town = country === 'US' || country === 'CA' ? [city, region, postcode] : [postcode, city, region];
  return [fullName, line1, line2, town.filter(Boolean).join(' '), pen.country(country)].filter(Boolean);
}

function itemsOf(order: OrderView, pen: Pen): Table {
  const { words } = pen;
  const { item, quantity, unit, rate, amount } = words.columns;
  return {
    columns: [item, quantity, unit, rate, amount],
    rows: order.lines.map((line) => ({
      cells: [
        [line.title, line.variantTitle].filter(Boolean).join(', '),
        String(line.quantity),
        pen.money(line.unitPrice),
        pen.rate(line.tax.amount === 0 ? 0 : line.taxRatePpm),
        pen.money(line.total),
      ],
      details: [
        words.sku(line.sku),
        ...(line.kind === 'gift' ? [words.gift] : []),
        ...line.discounts.map(({ label, amount: off }) => `${label}: ${pen.amount(-off.amount)}`),
      ],
    })),
  };
}

function creditItems(order: OrderView, issued: Issued, pen: Pen): Table {
  const { item, amount } = pen.words.columns;
  const cells = [pen.words.credited(order.number), pen.amount(issued.amount)];
  return { columns: [item, amount], rows: [{ cells, details: [] }] };
}

function sumsOf(order: OrderView, pen: Pen): DocumentContent['sums'] {
  const { words } = pen;
  const { name, kind } = order.shippingMethod;
  return [
    { label: words.subtotal, value: pen.money(order.subtotal) },
    ...(order.discount.amount === 0
      ? []
      : [{ label: words.discounts, value: pen.amount(-order.discount.amount) }]),
    {
      label: kind === 'pickup' ? words.pickup(name) : words.delivery(name),
      value: pen.money(order.shipping),
    },
    ...(order.pricesIncludeTax ? [] : [{ label: words.tax, value: pen.money(order.tax) }]),
    { label: words.total, value: pen.money(order.total), isStrong: true },
    ...order.giftCards.map((card) => ({
      label: words.giftCard(card.last4),
      value: pen.amount(-card.amount.amount),
    })),
    ...(order.giftCards.length === 0 ? [] : [{ label: words.toPay, value: pen.money(order.payment.due) }]),
  ];
}

function taxesOf(rows: readonly TaxRow[], pen: Pen): DocumentContent['tables'][number] {
  const { words } = pen;
  const { title, name, rate, net, tax, gross } = words.taxTable;
  const hasNets = rows.every((row) => row.netAmount !== null);
  return {
    title,
    columns: hasNets ? [name, rate, net, tax, gross] : [name, rate, tax],
    rows: rows.map((row) => {
      const netAmount = row.netAmount ?? 0;
      return {
        cells: [
          row.name ?? (row.taxAmount === 0 ? words.untaxed : words.tax),
          row.ratePpm === null ? '' : pen.rate(row.ratePpm),
          ...(hasNets ? [pen.amount(netAmount)] : []),
          pen.amount(row.taxAmount),
          ...(hasNets ? [pen.amount(netAmount + row.taxAmount)] : []),
        ],
        details: [],
      };
    }),
  };
}

function paymentsOf(order: OrderView, pen: Pen): DocumentContent['tables'][number] {
  const { words } = pen;
  const moved = order.history.flatMap(({ type, amount, occurredAt }) => {
    if (amount === null) return [];
    const method = methodOf(order, pen);
    if (type === 'PAYMENT_CAPTURED' || type === 'PAYMENT_RECEIVED') {
      return [[pen.day(occurredAt), `${words.received}: ${method}`, pen.money(amount)]];
    }
    if (type === 'REFUND_FAILED')
      return [[pen.day(occurredAt), words.refundFailed, pen.amount(amount.amount)]];
    if (type !== 'PAYMENT_REFUNDED') return [];
    return [[pen.day(occurredAt), words.refunded, pen.amount(-amount.amount)]];
  });
  const cards = order.giftCards.map((card) => [
    pen.day(order.placedAt),
    words.giftCard(card.last4),
    pen.money(card.amount),
  ]);
  return {
    title: words.payments,
    columns: [words.date, words.payments, words.columns.amount],
    rows: [...cards, ...moved].map((cells) => ({ cells, details: [] })),
  };
}

function methodOf(order: OrderView, { words }: Pen): string {
  const { method, detail } = order.payment;
  if (detail?.brand && detail.last4) {
    return words.cardEnding(detail.brand.charAt(0).toUpperCase() + detail.brand.slice(1), detail.last4);
  }
  const name = words.methods[method];
  if (detail === null || detail.type === 'card') return name;
  return detail.type.charAt(0).toUpperCase() + detail.type.slice(1).replaceAll('_', ' ');
}

function notesOf(order: OrderView, issued: Issued, pen: Pen): string[] {
  const { words } = pen;
  const { method, due, dueAt } = order.payment;
  const included =
    order.pricesIncludeTax && order.tax.amount > 0 && issued.kind !== 'credit_note'
      ? [words.taxIncluded]
      : [];
  if (issued.kind !== 'invoice') return included;
  if (method !== 'invoice' || dueAt === null) {
    return [...included, words.paidBy(methodOf(order, pen), pen.day(issued.issuedAt))];
  }
  const { bank } = issued.seller;
  return [
    ...included,
    words.payableBy(pen.money(due), pen.day(dueAt)),
    ...(bank === null
      ? []
      : [
          [bank.holder, `IBAN ${bank.iban}`, bank.bic && `BIC ${bank.bic}`, bank.bank]
            .filter(Boolean)
            .join(' · '),
        ]),
    words.reference(order.number),
  ];
}

function footOf(seller: SellerConfig, words: DocumentWords): string {
  const vatId = seller.vatId && `${words.vatId} ${seller.vatId}`;
  return [seller.legalName, seller.registration, vatId, seller.email].filter(Boolean).join(' · ');
}
