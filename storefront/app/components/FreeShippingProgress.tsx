import type { Cart } from '../lib/bff-types.ts';
import { formatMoney } from '../lib/format.ts';

/** How far it is to free delivery, in words and as a bar. */
export function FreeShippingProgress({ progress }: { progress: NonNullable<Cart['freeShipping']> }) {
  const { from, missing } = progress;
  const reached = from.amount - missing.amount;
  const text =
    missing.amount === 0 ? 'Delivery is free.' : `Spend ${formatMoney(missing)} more, and delivery is free.`;
  return (
    <div>
      <p className="text-sm">{text}</p>
      <div
        role="progressbar"
        aria-label="Free delivery"
        aria-valuemin={0}
        aria-valuemax={from.amount}
        aria-valuenow={reached}
        aria-valuetext={text}
        className="mt-2 h-2 overflow-hidden rounded-full bg-line"
      >
        <div
          className={`h-full rounded-full ${missing.amount === 0 ? 'bg-good' : 'bg-accent-deep'}`}
          style={{ width: `${Math.round((reached / from.amount) * 100)}%` }}
        />
      </div>
    </div>
  );
}
