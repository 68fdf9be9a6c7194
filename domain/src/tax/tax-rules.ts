import { sql } from 'kysely';
import { type Context, remember } from '../kernel/index.ts';
import { fitOfArea, type Place } from '../shipping/index.ts';
import type { TaxRule } from './model.ts';

const order = ['country', 'state', 'county', 'city', 'district'];

/**
 * The rules that hold at a place on a day: of each jurisdiction and class the one of the smallest area, from the country down. One
 * statement.
 */
export async function rulesAt(ctx: Context, place: Place, at: Date): Promise<TaxRule[]> {
  const day = at.toISOString().slice(0, 10);
  const key = `tax-rules:${place.country}:${place.region}:${day}`;
  const rows = await remember(ctx, key, () => rowsAt(ctx, place, day));
  const fitting = rows
    .map((rule) => ({ rule, fit: fitOfArea(rule, place) }))
    .filter(({ fit }) => fit !== null)
    .toSorted((a, b) => (b.fit ?? 0) - (a.fit ?? 0));
  const chosen = new Map<string, (typeof rows)[number]>();
  for (const { rule } of fitting) {
    const key = JSON.stringify([rule.jurisdiction, rule.taxClass]);
    if (!chosen.has(key)) chosen.set(key, rule);
  }
  return [...chosen.values()].toSorted(
    (a, b) => order.indexOf(a.level) - order.indexOf(b.level) || (a.jurisdiction < b.jurisdiction ? -1 : 1),
  );
}

/** The rules of a country and, if it is named, one of its regions on a day. */
function rowsAt(ctx: Context, place: Pick<Place, 'country' | 'region'>, day: string) {
  const date = sql<Date>`${day}::date`;
  return ctx.db
    .selectFrom('tax_rules')
    .select([
      'jurisdiction',
      'level',
      'name',
      'country',
      'region',
      'postcode_from as postcodeFrom',
      'postcode_to as postcodeTo',
      'tax_class as taxClass',
      'rate_ppm as ratePpm',
      'shipping',
    ])
    .where('country', '=', place.country)
    .where('region', 'in', ['', place.region])
    .where('valid_from', '<=', date)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', date)]))
    .orderBy('jurisdiction')
    .orderBy('tax_class')
    .orderBy('id')
    .execute();
}
