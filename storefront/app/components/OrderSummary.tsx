import type { Checkout, Money, Order } from '../lib/bff-types.ts';
import { formatMoney } from '../lib/format.ts';
import { ProductImage } from './ProductImage.tsx';

interface OrderSummaryProps {
  readonly lines: Checkout['lines'] | Order['lines'];
  readonly totals: {
    readonly subtotal: Money;
    readonly discount: Money;
    readonly shipping: Money | null;
    readonly tax: Money | null;
    readonly taxName?: string | null;
    readonly total: Money;
  };
}

/** What is bought, and how its total comes about. */
export function OrderSummary({ lines, totals }: OrderSummaryProps) {
  return (
    <>
      <ul className="grid gap-4">
        {lines.map((line) => (
          <li
            key={`${line.handle}-${line.variantTitle}`}
            className="grid grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-4"
          >
            <div className="aspect-square overflow-hidden rounded-control bg-line">
              <ProductImage image={line.image} alt="" sizes="4rem" />
            </div>
            <div>
              <p className="leading-snug font-medium">{line.title}</p>
              <p className="text-sm text-muted">
                {line.variantTitle && `${line.variantTitle} · `}
                <span className="tabular-nums">{line.quantity}</span>{' '}
                <span className="tabular-nums">× {formatMoney(line.unitPrice)}</span>
              </p>
            </div>
            <p className="tabular-nums">{formatMoney(line.total)}</p>
          </li>
        ))}
      </ul>
      <dl className="mt-6 grid gap-2 border-t border-line pt-4">
        <Sum label="Subtotal" money={totals.subtotal} />
        {totals.discount.amount > 0 && (
          <Sum label="Discount" money={{ ...totals.discount, amount: -totals.discount.amount }} />
        )}
        <Sum label="Delivery" money={totals.shipping} free="Free" />
        <Sum label={totals.taxName ?? 'Tax'} money={totals.tax} />
        <div className="mt-2 flex justify-between gap-4 border-t border-line pt-4 text-xl font-semibold">
          <dt>{totals.shipping === null || totals.tax === null ? 'Total so far' : 'Total'}</dt>
          <dd className="tabular-nums">{formatMoney(totals.total)}</dd>
        </div>
      </dl>
    </>
  );
}

function Sum({ label, money, free }: { label: string; money: Money | null; free?: string }) {
  const text = money === null ? 'At the next step' : money.amount === 0 && free ? free : formatMoney(money);
  return (
    <div className="flex justify-between gap-4">
      <dt>{label}</dt>
      <dd className={money === null ? 'text-muted' : 'tabular-nums'}>{text}</dd>
    </div>
  );
}
