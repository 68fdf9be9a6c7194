/** Where something goes, as far as it is known: an estimate may have no more than a country. */
export interface Place {
  /** ISO 3166, two letters. */
  readonly country: string;
  /** The code of the state where the country has a list of them; may be empty. */
  readonly region: string;
  readonly postcode: string;
}

/** A part of the world: a country or all of them, narrowed to a state, to postcodes, or both. Empty parts narrow nothing. */
export interface Area {
  /** ISO 3166, or `*`. */
  readonly country: string;
  readonly region: string;
  /** Both bounds belong to it and compare as far as they are long, so that from 945 to 945 is a prefix. */
  readonly postcodeFrom: string;
  readonly postcodeTo: string;
}

/** A postcode as areas compare it: capitals and digits alone. */
export function comparablePostcode(postcode: string): string {
  return postcode
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\d]/gu, '');
}

/**
 * How closely an area fits a place: null when the place is outside it, else a number that is higher the more specific the area is:
 * everywhere, country, state, postcodes, and of those the longer shared beginning.
 */
export function fitOfArea(area: Area, place: Place): number | null {
  if (area.country !== '*' && area.country !== place.country) return null;
  if (area.region !== '' && area.region.toLowerCase() !== place.region.toLowerCase()) return null;
  const { postcodeFrom, postcodeTo } = area;
  if (postcodeFrom === '') return Number(area.country !== '*') + Number(area.region !== '');
  const full = comparablePostcode(place.postcode);
  const postcode = full.slice(0, postcodeFrom.length);
  const isWithin = full.length >= postcodeFrom.length && postcodeFrom <= postcode && postcode <= postcodeTo;
  return isWithin ? 10 + sharedBeginning(postcodeFrom, postcodeTo) : null;
}

function sharedBeginning(a: string, b: string): number {
  const end = [...a].findIndex((sign, index) => sign !== b[index]);
  return end === -1 ? a.length : end;
}

/** The best fit of several areas to a place; null when it is outside all of them. */
export function bestFit(areas: readonly Area[], place: Place): number | null {
  const fits = areas.map((area) => fitOfArea(area, place)).filter((fit) => fit !== null);
  return fits.length === 0 ? null : Math.max(...fits);
}
