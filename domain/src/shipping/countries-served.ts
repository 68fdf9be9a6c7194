import type { Context, CurrencyCode } from '../kernel/index.ts';
import { countryCodes } from './address/address-data.ts';

/**
 * The countries that the shop sends something to, by ISO code in alphabetical order. One statement.
 *
 * @param currency those that it does in this currency; null for any
 */
export async function countriesServed(ctx: Context, currency: CurrencyCode | null): Promise<string[]> {
  const areas = await ctx.db
    .selectFrom('shipping_zone_areas as area')
    .innerJoin('shipping_zones as zone', 'zone.id', 'area.zone_id')
    .select([
      'area.zone_id as zoneId',
      'area.country',
      'area.region',
      'area.postcode_from as postcodeFrom',
      'area.is_excluded as isExcluded',
    ])
    .where('zone.is_active', '=', true)
    .where((area) =>
      area.exists(
        area
          .selectFrom('shipping_methods as method')
          .innerJoin('shipping_method_rates as rate', 'rate.method_id', 'method.id')
          .select('rate.id')
          .whereRef('method.zone_id', '=', 'zone.id')
          .where('method.is_active', '=', true)
          .$if(currency !== null, (query) => query.where('rate.currency', '=', currency ?? 'USD')),
      ),
    )
    .execute();
  const served = areas
    .filter((area) => !area.isExcluded)
    .flatMap(({ zoneId, country }) => {
      if (country !== '*') return [country];
      const without = areas.filter((area) => area.zoneId === zoneId && isWholeCountry(area));
      return [...countryCodes].filter((code) => !without.some((area) => area.country === code));
    });
  return [...new Set(served)].toSorted();
}

function isWholeCountry(area: { isExcluded: boolean; region: string; postcodeFrom: string }): boolean {
  return area.isExcluded && area.region === '' && area.postcodeFrom === '';
}
