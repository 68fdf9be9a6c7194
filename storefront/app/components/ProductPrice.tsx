import type { Money } from '../lib/bff-types.ts';
import { formatMoney } from '../lib/format.ts';
import { percentOff } from '../lib/price.ts';

interface ProductPriceProps {
  readonly price: Money;
  readonly compareAt: Money | null;
  /** The product has dearer variants too. */
  readonly isFrom?: boolean;
  readonly className?: string;
}

/** What it costs, and what it cost before. */
export function ProductPrice({ price, compareAt, isFrom = false, className = '' }: ProductPriceProps) {
  const isReduced = compareAt !== null && compareAt.amount > price.amount;
  const percent = percentOff(price, compareAt);
  return (
    <span className={`inline-flex flex-wrap items-baseline gap-x-2 tabular-nums ${className}`}>
      <span className={isReduced ? 'font-semibold text-sale' : 'font-semibold'}>
        {isReduced && <span className="sr-only">Now </span>}
        {isFrom && <span className="font-normal">from </span>}
        {formatMoney(price)}
      </span>
      {isReduced && (
        <s className="text-[0.85em] text-muted">
          <span className="sr-only">was </span>
          {formatMoney(compareAt)}
        </s>
      )}
      {percent > 0 && (
        <span className="text-[0.85em] font-semibold whitespace-nowrap text-sale">
          <span aria-hidden="true">−</span>
          {percent}%<span className="sr-only"> off</span>
        </span>
      )}
    </span>
  );
}
