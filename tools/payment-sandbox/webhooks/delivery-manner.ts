import { z } from 'zod';

/** How badly events are delivered: late, out of order, more than once. All that Stripe may do, at will. */
export const deliveryManner = z.strictObject({
  /** Milliseconds that each delivery waits. */
  delay_ms: z.number().int().min(0).max(600_000).default(0),
  /** Up to so many milliseconds more, by chance: events overtake each other. */
  jitter_ms: z.number().int().min(0).max(600_000).default(0),
  /** How often each event is sent though its endpoint took it. */
  times: z.number().int().min(1).max(20).default(1),
});

export type DeliveryManner = z.output<typeof deliveryManner>;

export const promptly: DeliveryManner = deliveryManner.parse({});

export function waitOf(manner: DeliveryManner): number {
  return manner.delay_ms + Math.floor(Math.random() * (manner.jitter_ms + 1));
}
