import type { ReactNode } from 'react';
import type { Money, Order } from '../lib/bff-types.ts';
import { formatMoney } from '../lib/format.ts';

const rateFormat = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 3 });

/** How the total of an order comes about, and what of it gift cards paid. */
export function OrderTotals({ order }: { order: Order }) {
  const { giftCards, payment, taxes, pricesIncludeTax } = order;
  const named = taxes.filter((tax) => tax.amount.amount > 0);
  const taxRows =
    named.length > 0
      ? named.map((tax) => ({
          label: `${tax.name}, ${rateFormat.format(tax.ratePpm / 1_000_000)}`,
          amount: tax.amount,
        }))
      : order.tax.amount > 0 || !pricesIncludeTax
        ? [{ label: 'Tax', amount: order.tax }]
        : [];
  return (
    <dl className="grid gap-2">
      <Sum label="Subtotal" money={order.subtotal} />
      <Discounts order={order} />
      <Sum
        label={order.shippingMethod.kind === 'pickup' ? 'Pick-up' : 'Delivery'}
        money={order.shipping}
        free="Free"
      >
        {order.shippingDiscount.amount > 0 && (
          <s className="mr-2 text-muted">
            <span className="sr-only">Instead of </span>
            {formatMoney({
              ...order.shipping,
              amount: order.shipping.amount + order.shippingDiscount.amount,
            })}
          </s>
        )}
      </Sum>
      {!pricesIncludeTax &&
        taxRows.map((tax) => <Sum key={tax.label} label={tax.label} money={tax.amount} />)}
      <div className="mt-2 flex justify-between gap-4 border-t border-line pt-4 text-xl font-semibold">
        <dt>Total</dt>
        <dd className="tabular-nums">{formatMoney(order.total)}</dd>
      </div>
      {pricesIncludeTax &&
        taxRows.map((tax) => (
          <Sum key={tax.label} label={`Includes ${tax.label}`} money={tax.amount} isQuiet />
        ))}
      {giftCards.map((card) => (
        <Sum key={card.last4} label={`Gift card ending in ${card.last4}`} money={minus(card.amount)} />
      ))}
      {giftCards.length > 0 && <Sum label="Left to pay" money={payment.due} />}
      {payment.paid.amount > 0 && payment.open.amount > 0 && (
        <>
          <Sum label="Received so far" money={minus(payment.paid)} />
          <Sum label="Still open" money={payment.open} />
        </>
      )}
      {payment.refunded.amount > 0 && <Sum label="Sent back to you" money={payment.refunded} />}
    </dl>
  );
}

/** By name where the promotions are known. */
function Discounts({ order }: { order: Order }) {
  if (order.discount.amount === 0) return null;
  const named = order.promotions.filter(({ on, amount }) => on !== 'shipping' && amount.amount > 0);
  if (named.length === 0) return <Sum label="Discount" money={minus(order.discount)} />;
  return (
    <>
      {named.map(({ label, code, amount }) => (
        <Sum
          key={`${label}-${code ?? ''}`}
          label={code ? `${label} (${code})` : label}
          money={minus(amount)}
        />
      ))}
    </>
  );
}

function minus(money: Money): Money {
  return { ...money, amount: -money.amount };
}

interface SumProps {
  readonly label: string;
  readonly money: Money;
  readonly free?: string;
  readonly isQuiet?: boolean;
  readonly children?: ReactNode;
}

function Sum({ label, money, free, isQuiet = false, children }: SumProps) {
  return (
    <div className={`flex justify-between gap-4 ${isQuiet ? 'text-sm text-muted' : ''}`}>
      <dt className="min-w-0 break-words">{label}</dt>
      <dd className="flex-none tabular-nums">
        {children}
        {money.amount === 0 && free ? free : formatMoney(money)}
      </dd>
    </div>
  );
}
