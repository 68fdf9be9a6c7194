import type { Checkout, CheckoutStep, Money } from '../lib/bff-types.ts';
import { formatDay, formatMoney } from '../lib/format.ts';
import { CodeEntry } from './CodeEntry.tsx';
import { ProductImage } from './ProductImage.tsx';

type Line = Checkout['lines'][number];

/** What is bought, and how its total comes about, line by line; codes are entered here, and change it at once. */
export function CheckoutSummary({ checkout, step }: { checkout: Checkout; step: CheckoutStep }) {
  const { lines, totals, entered } = checkout;
  const isOpen = totals.shipping === null || totals.tax === null;
  return (
    <>
      <ul className="grid gap-4">
        {lines.map((line) => (
          <SummaryLine key={line.key} line={line} />
        ))}
      </ul>
      <div className="mt-4 border-t border-line pt-2">
        <CodeEntry entered={entered} returnTo={`/checkout/${step}`} />
      </div>
      <dl className="mt-2 grid gap-2 border-t border-line pt-4">
        <Sum label="Subtotal" money={totals.subtotal} />
        {totals.discounts
          .filter((discount) => discount.amount.amount > 0)
          .map((discount) => (
            <Sum
              key={`${discount.label}-${discount.code}-${discount.on}`}
              label={discount.code ? `${discount.label} (${discount.code})` : discount.label}
              money={negative(discount.amount)}
            />
          ))}
        <Sum label="Delivery" money={deliveryBefore(totals)} free="Free" open={deliveryFrom(checkout)} />
        {!totals.isTaxIncluded && <Taxes totals={totals} />}
        <div className="mt-2 flex justify-between gap-4 border-t border-line pt-4 text-xl font-semibold">
          <dt>{isOpen ? 'Total so far' : 'Total'}</dt>
          <dd className="tabular-nums">{formatMoney(totals.total)}</dd>
        </div>
        {totals.isTaxIncluded && totals.tax && totals.tax.amount > 0 && <Taxes totals={totals} isIncluded />}
        {totals.giftCards.map((card) => (
          <Sum key={card.last4} label={`Gift card ending in ${card.last4}`} money={negative(card.amount)} />
        ))}
        {totals.giftCards.length > 0 && (
          <div className="flex justify-between gap-4 text-lg font-semibold">
            <dt>Left to pay</dt>
            <dd className="tabular-nums">{formatMoney(totals.due)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

/** What delivery costs before a discount on it, which stands in its own line. */
function deliveryBefore({ shipping, shippingDiscount }: Checkout['totals']): Money | null {
  return shipping && { ...shipping, amount: shipping.amount + shippingDiscount.amount };
}

/** What it costs at least while none is chosen. */
function deliveryFrom({ shippingOptions }: Checkout): string | null {
  const deliveries = shippingOptions.filter(({ kind }) => kind === 'delivery');
  const cheapest = deliveries.toSorted((a, b) => a.price.amount - b.price.amount)[0];
  if (!cheapest) return null;
  return cheapest.price.amount === 0 ? 'Free or more' : `From ${formatMoney(cheapest.price)}`;
}

const negative = (money: Money): Money => ({ ...money, amount: -money.amount });

function SummaryLine({ line }: { line: Line }) {
  const isGift = line.kind === 'gift';
  return (
    <li className="grid grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-4">
      <div className="aspect-square overflow-hidden rounded-control bg-line">
        <ProductImage image={line.image} alt="" sizes="4rem" />
      </div>
      <div className="min-w-0">
        <p className="leading-snug font-medium">{line.title}</p>
        <p className="text-sm text-muted">
          {line.variantTitle && `${line.variantTitle} · `}
          <span className="tabular-nums">{line.quantity}</span>{' '}
          <span className="tabular-nums">× {formatMoney(line.unitPrice)}</span>
        </p>
        {!isGift &&
          line.discounts.map(({ label, amount }) => (
            <p key={label} className="text-sm text-good">
              {label}: <span className="tabular-nums">−{formatMoney(amount)}</span>
            </p>
          ))}
        {isGift && <p className="text-sm text-good">{line.discounts[0]?.label ?? 'A gift for you'}</p>}
        {line.promise !== 'in_stock' && <p className="text-sm text-muted">{promiseText(line)}</p>}
      </div>
      <p className="self-start text-right tabular-nums">
        {isGift ? 'Free' : formatMoney(line.total)}
        {!isGift && line.discounts.length > 0 && (
          <s className="block text-sm text-muted">
            <span className="sr-only">instead of </span>
            {formatMoney({ ...line.unitPrice, amount: line.unitPrice.amount * line.quantity })}
          </s>
        )}
      </p>
    </li>
  );
}

/** When a thing is sent that does not lie in stock. */
function promiseText(line: Pick<Line, 'promise' | 'shipsAt'>): string {
  const what = line.promise === 'preorder' ? 'Pre-order' : 'Back-order';
  return line.shipsAt === null
    ? `${what}: sent as soon as it is here`
    : `${what}: ships by ${formatDay(line.shipsAt)}`;
}

function Taxes({ totals, isIncluded = false }: { totals: Checkout['totals']; isIncluded?: boolean }) {
  const named = totals.taxes.filter((tax) => tax.amount.amount > 0);
  const rows = named.length > 0 ? named : [{ name: totals.taxName ?? 'Tax', ratePpm: 0, amount: totals.tax }];
  return rows.map((tax) => (
    <Sum
      key={`${tax.name}-${tax.ratePpm}`}
      label={isIncluded ? `Includes ${tax.name} ${tax.ratePpm / 10_000} %` : tax.name}
      money={tax.amount}
      isQuiet={isIncluded}
    />
  ));
}

interface SumProps {
  readonly label: string;
  readonly money: Money | null;
  readonly free?: string;
  /** What to say while it is not known. */
  readonly open?: string | null;
  readonly isQuiet?: boolean;
}

function Sum({ label, money, free, open = null, isQuiet = false }: SumProps) {
  const text =
    money === null ? (open ?? 'At the next step') : money.amount === 0 && free ? free : formatMoney(money);
  return (
    <div className={`flex justify-between gap-4 ${isQuiet ? 'text-sm text-muted' : ''}`}>
      <dt className="min-w-0">{label}</dt>
      <dd className={money === null ? 'text-muted' : 'tabular-nums'}>{text}</dd>
    </div>
  );
}
