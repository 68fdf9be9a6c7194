import { Link } from '@remix-run/react';
import type { Order } from '../lib/bff-types.ts';
import { formatMoney } from '../lib/format.ts';
import { promiseWords } from '../lib/order-words.ts';
import { ProductImage } from './ProductImage.tsx';

/** What was ordered, with what came off, what came free, and what comes later. */
export function OrderLines({ lines }: { lines: Order['lines'] }) {
  return (
    <ul className="grid gap-5">
      {lines.map((line) => (
        <OrderLine key={line.id} line={line} />
      ))}
    </ul>
  );
}

function OrderLine({ line }: { line: Order['lines'][number] }) {
  const promise = promiseWords(line);
  return (
    <li className="grid grid-cols-[4rem_minmax(0,1fr)_auto] gap-4">
      <div className="aspect-square self-start overflow-hidden rounded-control bg-line">
        <ProductImage image={line.image} alt="" sizes="4rem" />
      </div>
      <div className="min-w-0">
        <p className="leading-snug font-medium break-words">
          <Link to={`/p/${line.handle}`} className="hover:underline">
            {line.title}
          </Link>
        </p>
        <p className="text-sm text-muted">
          {line.variantTitle && `${line.variantTitle} · `}
          <span className="tabular-nums">{line.quantity}</span>{' '}
          <span className="tabular-nums">× {formatMoney(line.unitPrice)}</span>
        </p>
        {line.kind === 'gift' && (
          <p className="mt-1 inline-block rounded-full bg-accent px-2.5 py-0.5 text-sm font-medium text-on-accent">
            A gift for you
          </p>
        )}
        {line.discounts.map(({ label, amount }) => (
          <p key={label} className="mt-0.5 text-sm text-good">
            {label}: <span className="tabular-nums">−{formatMoney(amount)}</span>
          </p>
        ))}
        {promise && <p className="mt-0.5 text-sm font-medium">{promise}</p>}
      </div>
      <p className="text-right tabular-nums">
        {line.discount.amount > 0 && (
          <s className="block text-sm text-muted">
            <span className="sr-only">Instead of </span>
            {formatMoney({ ...line.total, amount: line.total.amount + line.discount.amount })}
          </s>
        )}
        {line.total.amount === 0 ? 'Free' : formatMoney(line.total)}
      </p>
    </li>
  );
}
