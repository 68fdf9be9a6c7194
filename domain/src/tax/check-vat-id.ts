import { stdnum } from 'stdnum';

/** What stdnum calls the VAT id of a country, by the prefix that it is written with; XI is Northern Ireland. */
const validators: Readonly<Record<string, readonly [country: string, number: string]>> = {
  AT: ['AT', 'uid'],
  BE: ['BE', 'vat'],
  BG: ['BG', 'vat'],
  CY: ['CY', 'vat'],
  CZ: ['CZ', 'dic'],
  DE: ['DE', 'vat'],
  DK: ['DK', 'cvr'],
  EE: ['EE', 'kmkr'],
  EL: ['GR', 'vat'],
  ES: ['ES', 'nif'],
  FI: ['FI', 'alv'],
  FR: ['FR', 'tva'],
  GB: ['GB', 'vat'],
  HR: ['HR', 'oib'],
  HU: ['HU', 'anum'],
  IE: ['IE', 'vat'],
  IT: ['IT', 'iva'],
  LT: ['LT', 'pvm'],
  LU: ['LU', 'tva'],
  LV: ['LV', 'pvn'],
  MT: ['MT', 'vat'],
  NL: ['NL', 'btw'],
  PL: ['PL', 'nip'],
  PT: ['PT', 'nif'],
  RO: ['RO', 'cif'],
  SE: ['SE', 'vat'],
  SI: ['SI', 'ddv'],
  SK: ['SK', 'dph'],
  XI: ['GB', 'vat'],
};

/** The id of a Dutch sole trader has no number of its own behind it, but a remainder of 97 over all of its signs. */
const isDutchSoleTrader = (id: string) => {
  const digits = id.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return /^NL\d{9}B\d{2}$/.test(id) && BigInt(digits) % 97n === 1n;
};

/**
 * Reads a VAT id of the EU, of Great Britain or of Northern Ireland as people write it, and checks its form and its check digits. That it
 * is well formed does not tell that it was ever given to anybody: it is put on the invoice and frees nobody from tax, see decision 012.
 *
 * @returns the ISO code of its country (`XI` for Northern Ireland) and the id without gaps, such as `DE136695976`; null when it is none
 */
export function checkVatId(text: string): { country: string; normalised: string } | null {
  const id = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z\d]/g, '')
    .replace(/^GR/, 'EL');
  const prefix = id.slice(0, 2);
  const [country = '', number = ''] = Object.hasOwn(validators, prefix) ? (validators[prefix] ?? []) : [];
  const validator = stdnum[country]?.[number];
  if (validator === undefined || id.length > 14) return null;
  if (!validator.validate(id.slice(2)).isValid && !isDutchSoleTrader(id)) return null;
  return { country: prefix === 'EL' ? 'GR' : prefix, normalised: id };
}
