import { z } from 'zod';
import { type Context, cached, DomainError, OutsideError } from '../../kernel/index.ts';

const statuses = ['UNKNOWN', 'PRE_TRANSIT', 'TRANSIT', 'DELIVERED', 'RETURNED', 'FAILURE'] as const;
const status = z.enum(statuses).catch('UNKNOWN');

const event = z.object({
  status,
  status_details: z.string().nullish(),
  status_date: z.string().nullish(),
  location: z.object({ city: z.string().nullish(), country: z.string().nullish() }).nullish(),
});
const track = z.object({
  eta: z.string().nullish(),
  tracking_status: z.object({ status }).nullish(),
  tracking_history: z.array(event).nullish(),
});

/** Where a parcel is. */
export interface TrackedParcel {
  readonly status: (typeof statuses)[number];
  /** ISO 8601, as the carrier expects it; null where it does not say. */
  readonly eta: string | null;
  /** The latest first. `place` is a town, such as `Oakland, US`; `at` ISO 8601. */
  readonly history: readonly { status: string; text: string; place: string; at: string | null }[];
}

/** Carriers scan a parcel a few times a day. */
const CACHE_SECONDS = 5 * 60;

/**
 * Where a parcel is, by its carrier (`usps`, the beginning of a service's word) and number.
 *
 * @throws DomainError `unavailable` when Shippo is off or away, `not_found` when the carrier does not know the number
 */
export async function trackParcel(
  ctx: Context,
  parcel: { carrier: string; trackingNumber: string },
): Promise<TrackedParcel> {
  const path = `/tracks/${encodeURIComponent(parcel.carrier)}/${encodeURIComponent(parcel.trackingNumber)}`;
  try {
    const { shippo: api } = ctx.services;
    if (api === null) throw new OutsideError('shippo', { kind: 'refused', code: 'off' });
    const answer = await cached(ctx.cache, `shipping:track:${path}`, CACHE_SECONDS, () =>
      api.call({ method: 'GET', path, answer: track, isSafe: true, budgetMs: 5_000 }),
    );
    return parcelOf(track.parse(answer));
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const isUnknown = error.status === 404 || error.status === 400;
    throw isUnknown ? unknownNumber() : new DomainError('unavailable', error.message, {}, { cause: error });
  }
}

const unknownNumber = () => new DomainError('not_found', 'the carrier does not know the number');

function parcelOf({
  eta,
  tracking_status: now,
  tracking_history: history,
}: z.infer<typeof track>): TrackedParcel {
  if (!now) throw unknownNumber();
  return {
    status: now.status,
    eta: eta ?? null,
    history: (history ?? []).toReversed().map((one) => ({
      status: one.status,
      text: one.status_details ?? '',
      place: [one.location?.city, one.location?.country].filter(Boolean).join(', '),
      at: one.status_date ?? null,
    })),
  };
}
