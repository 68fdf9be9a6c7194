import { Link } from '@remix-run/react';
import type { MyOrder } from '../lib/bff-types.ts';
import { count, formatDay, formatMoney } from '../lib/format.ts';
import { orderStanding } from '../lib/order-words.ts';
import { ProductImage } from './ProductImage.tsx';

/** Orders, each with how it stands and the first things in it. */
export function OrderList({ orders }: { orders: readonly MyOrder[] }) {
  return (
    <ul className="mt-3 divide-y divide-line border-y border-line">
      {orders.map((order) => (
        <li
          key={order.number}
          className="relative flex flex-wrap items-center gap-x-6 gap-y-3 py-5 hover:bg-wash"
        >
          <div className="min-w-48 grow">
            <p>
              <Link to={`/orders/${order.number}`} className="font-semibold after:absolute after:inset-0">
                {order.number}
              </Link>
            </p>
            <p className="text-muted">
              {formatDay(order.placedAt)} · {count(order.itemCount, 'thing')}
            </p>
          </div>
          <div className="flex gap-2" aria-hidden="true">
            {order.lines.map((line) => (
              <div key={line.handle} className="size-14 overflow-hidden rounded-control bg-line">
                <ProductImage image={line.image} alt="" sizes="3.5rem" />
              </div>
            ))}
            {order.lineCount > order.lines.length && (
              <span className="self-center text-muted">+{order.lineCount - order.lines.length}</span>
            )}
          </div>
          <div className="min-w-36 text-right">
            <p className="font-semibold tabular-nums">{formatMoney(order.total)}</p>
            <p className="text-sm text-muted">{orderStanding(order)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
