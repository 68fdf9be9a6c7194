import { Link } from '@remix-run/react';
import type { Order } from '../lib/bff-types.ts';
import { formatDay, formatMoney } from '../lib/format.ts';
import { groupedIban } from '../lib/order-words.ts';

interface PayOrderProps {
  readonly order: Order;
  /** What links below the order's page carry, such as `?token=…`. */
  readonly query: string;
}

/** How to pay an order that is not paid yet: nothing for others. */
export function PayOrder({ order, query }: PayOrderProps) {
  const { method, open, dueAt, transfer } = order.payment;
  if (open.amount === 0 || method === 'card' || method === 'gift_card') return null;
  const by = dueAt === null ? '' : ` by ${formatDay(dueAt)}`;
  return (
    <section aria-labelledby="pay" className="rounded-picture border-2 border-accent p-6">
      <h2 id="pay" className="text-2xl">
        {method === 'cash_on_collection'
          ? 'You pay when you fetch it'
          : `Please pay ${formatMoney(open)}${by}`}
      </h2>
      {method === 'cash_on_collection' && (
        <p className="mt-2">
          {formatMoney(open)} in cash or by card at the counter. We keep it for you until{' '}
          {dueAt === null ? 'you come' : formatDay(dueAt)}.
        </p>
      )}
      {method === 'pay_link' && (
        <>
          <p className="mt-2 text-muted">
            Your things are set aside for you until then. The link works on any device, and for whoever pays
            for you.
          </p>
          <Link to={`/orders/${order.number}/pay${query}`} className="button mt-5 print:hidden">
            Pay now
          </Link>
        </>
      )}
      {transfer && <TransferFacts transfer={transfer} amount={formatMoney(open)} />}
      {method === 'bank_transfer' && (
        <p className="mt-4 text-muted">
          Your things are set aside for you until then, and leave as soon as the money is here: a transfer
          takes a day or two.
        </p>
      )}
    </section>
  );
}

function TransferFacts({
  transfer,
  amount,
}: {
  transfer: NonNullable<Order['payment']['transfer']>;
  amount: string;
}) {
  const facts = [
    ['To', transfer.holder],
    ['IBAN', groupedIban(transfer.iban)],
    ['BIC', transfer.bic],
    ['Bank', transfer.bank],
    ['Amount', amount],
    ['Reference', transfer.reference],
  ].filter(([, value]) => value !== '');
  return (
    <dl className="mt-4 grid gap-x-6 gap-y-2 sm:grid-cols-[8rem_1fr]">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="font-semibold break-words tabular-nums select-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
