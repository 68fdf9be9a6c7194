import { type Expression, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import { type Context, type CurrencyCode, remember } from '../kernel/index.ts';
import { bestFit, type Place } from './areas.ts';
import type { WorkCalendar } from './working-days.ts';

const calendarOf = (code: Expression<string>) => sql<WorkCalendar>`(
  select json_build_object(
    'timeZone', calendar.time_zone, 'cutoffTime', calendar.cutoff_time, 'workingDays', calendar.working_days,
    'holidays', array(
      select holiday.rule from shipping_holidays as holiday where holiday.calendar_code = calendar.code order by 1
    )
  )
  from shipping_calendars as calendar where calendar.code = ${code}
)`;

/** The zones that might serve a country in a currency, with all that belongs to them; remembered for seconds. One statement at most. */
export function loadZones(ctx: Context, country: string, currency: CurrencyCode) {
  return remember(ctx, `zones:${country}:${currency}`, () => readZones(ctx, country, currency));
}

function readZones(ctx: Context, country: string, currency: CurrencyCode) {
  return ctx.db
    .selectFrom('shipping_zones as zone')
    .select((zone) => [
      'zone.id',
      jsonArrayFrom(
        zone
          .selectFrom('shipping_zone_areas as area')
          .select([
            'area.country',
            'area.region',
            'area.postcode_from as postcodeFrom',
            'area.postcode_to as postcodeTo',
            'area.is_excluded as isExcluded',
          ])
          .whereRef('area.zone_id', '=', 'zone.id')
          .where('area.country', 'in', [country, '*']),
      ).as('areas'),
      jsonArrayFrom(
        zone
          .selectFrom('shipping_methods as method')
          .select((method) => [
            'method.id',
            'method.code',
            'method.kind',
            'method.name',
            'method.description',
            'method.handling_days as handlingDays',
            'method.min_days as minDays',
            'method.max_days as maxDays',
            calendarOf(method.ref('method.handling_calendar')).as('handling'),
            calendarOf(method.ref('method.carrier_calendar')).as('carrier'),
            jsonObjectFrom(
              method
                .selectFrom('pickup_points as point')
                .select(['point.name', 'point.address', 'point.hours'])
                .whereRef('point.id', '=', 'method.pickup_point_id'),
            ).as('pickup'),
            jsonArrayFrom(
              method
                .selectFrom('shipping_method_rates as rate')
                .select([
                  'rate.id',
                  'rate.min_weight_grams as minWeightGrams',
                  'rate.max_weight_grams as maxWeightGrams',
                  'rate.min_subtotal_amount as minSubtotalAmount',
                  'rate.max_subtotal_amount as maxSubtotalAmount',
                  'rate.amount',
                  'rate.amount_per_kg as amountPerKg',
                  'rate.description',
                  'rate.min_days as minDays',
                  'rate.max_days as maxDays',
                ])
                .whereRef('rate.method_id', '=', 'method.id')
                .where('rate.currency', '=', currency)
                .orderBy('rate.position')
                .orderBy('rate.id'),
            ).as('rates'),
          ])
          .whereRef('method.zone_id', '=', 'zone.id')
          .where('method.is_active', '=', true)
          .orderBy('method.position')
          .orderBy('method.id'),
      ).as('methods'),
    ])
    .where('zone.is_active', '=', true)
    .where((zone) =>
      zone.exists(
        zone
          .selectFrom('shipping_zone_areas as area')
          .select('area.zone_id')
          .whereRef('area.zone_id', '=', 'zone.id')
          .where('area.country', 'in', [country, '*'])
          .where('area.is_excluded', '=', false),
      ),
    )
    .orderBy('zone.position')
    .orderBy('zone.id')
    .execute();
}

export type Zone = Awaited<ReturnType<typeof loadZones>>[number];
export type Method = Zone['methods'][number];
export type Rate = Method['rates'][number];

/**
 * The zone that a place belongs to: of those that sell something in the currency, the one whose area is the most specific; among equals
 * the first. An exclusion counts where it is at least as specific as what includes the place.
 */
export function zoneOf(zones: readonly Zone[], place: Place): Zone | null {
  const candidates = zones.flatMap((zone) => {
    if (zone.methods.every((method) => method.rates.length === 0)) return [];
    const included = bestFit(
      zone.areas.filter((area) => !area.isExcluded),
      place,
    );
    const excluded = bestFit(
      zone.areas.filter((area) => area.isExcluded),
      place,
    );
    if (included === null || (excluded !== null && excluded >= included)) return [];
    return [{ zone, fit: included }];
  });
  const best = Math.max(...candidates.map(({ fit }) => fit));
  return candidates.find(({ fit }) => fit === best)?.zone ?? null;
}
