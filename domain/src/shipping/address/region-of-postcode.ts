import { comparablePostcode } from '../areas.ts';
import { dataOf } from './address-data.ts';

/** The region that a postcode belongs to, such as `CA` for 94105 in the US; null where the data do not tell. */
export function regionOfPostcode(country: string, postcode: string): string | null {
  const code = comparablePostcode(postcode);
  if (code === '') return null;
  const owners = dataOf(country).sub_regions.filter(
    ({ zip }) => zip !== undefined && new RegExp(`^(?:${zip})`).test(code),
  );
  return owners.length === 1 ? (owners[0]?.key ?? null) : null;
}
