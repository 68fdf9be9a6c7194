import type { Variant } from '../lib/bff-types.ts';
import { formatDay } from '../lib/format.ts';

/** What is known of a variant's stock; of some only whether there is any. */
export type StockFacts = Pick<Variant, 'available'> &
  Partial<Pick<Variant, 'sendable' | 'isLow' | 'sellingPolicy' | 'shipsOn' | 'leadDays'>>;

const FEW = 5;

/** Whether it can be bought now and when it is sent, in words and colour. */
export function Stock(facts: StockFacts) {
  const [tone, text] = standingOf(facts);
  return (
    <p aria-live="polite" className="flex items-center gap-2 text-sm">
      <span aria-hidden="true" className={`size-2.5 shrink-0 rounded-full ${tone}`} />
      {text}
    </p>
  );
}

function standingOf(facts: StockFacts): readonly [tone: string, text: string] {
  const { available, sendable = available, isLow = sendable <= FEW, sellingPolicy } = facts;
  if (available === 0) return ['bg-line-strong', 'Sold out'];
  if (sendable === 0) return ['bg-accent-deep', aheadText(facts)];
  if (!isLow) return ['bg-good', 'In stock, sent within a day'];
  if (available === sendable) return ['bg-accent-deep', `Only ${sendable} left`];
  const rest = sellingPolicy === 'backorder' ? `. ${aheadText(facts)}` : '';
  return ['bg-accent-deep', `Only ${sendable} left to send now${rest}`];
}

/** When it is sent if it is bought ahead of stock. */
function aheadText({ sellingPolicy, shipsOn, leadDays }: StockFacts): string {
  if (sellingPolicy === 'preorder') {
    return shipsOn ? `Pre-order: ships from ${formatDay(new Date(shipsOn))}` : 'Pre-order';
  }
  if (!leadDays) return 'Back-order: ships when it is here';
  const { min, max } = leadDays;
  return `Back-order: ships in ${min === max ? `${max} ${max === 1 ? 'day' : 'days'}` : `${min}–${max} days`}`;
}
