import { formatLastDay } from '../lib/format.ts';

/** Until when a reduced price stands, for those that end. */
export function SaleEnd({ at, className = '' }: { at: Date | null; className?: string }) {
  if (at === null) return null;
  return (
    <span className={`text-sm text-muted ${className}`}>
      Sale ends <time dateTime={at.toISOString()}>{formatLastDay(at)}</time>
    </span>
  );
}
