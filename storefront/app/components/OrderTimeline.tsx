import type { Order } from '../lib/bff-types.ts';
import { formatMoment, formatMoney } from '../lib/format.ts';
import { orderEventMessage } from '../lib/messages.ts';

/** What happened to an order so far, the latest last. */
export function OrderTimeline({ events }: { events: Order['history'] }) {
  if (events.length === 0) return null;
  return (
    <section aria-labelledby="history" className="border-t border-line pt-8">
      <h2 id="history" className="text-lg">
        So far
      </h2>
      <ol className="mt-4 grid">
        {events.map((event) => (
          <li
            key={`${event.type}-${event.occurredAt.toISOString()}`}
            className="relative border-l-2 border-line pb-5 pl-6 last:border-transparent last:pb-0"
          >
            <span
              aria-hidden="true"
              className="absolute top-1.5 -left-[0.4375rem] size-3 rounded-full bg-accent-deep"
            />
            <p>
              {orderEventMessage(event.type)}
              {event.amount && <span className="tabular-nums">: {formatMoney(event.amount)}</span>}
            </p>
            <time dateTime={event.occurredAt.toISOString()} className="text-sm text-muted tabular-nums">
              {formatMoment(event.occurredAt)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
