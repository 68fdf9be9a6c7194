/** Boxes at a post office, in the words of many countries: couriers cannot hand a parcel over there. */
const postBox =
  /\b(p\.?\s*o\.?\s*box|post\s*office\s*box|postfach|postbus|boîte postale|boite postale|apartado( de correos)?|casella postale|skrytka pocztowa|postboks|postbox|locked bag)\b|^(bp|cp)\s*\d+/iu;

/** Tells whether a line names a box at a post office. */
export function isPostBox(line: string): boolean {
  return postBox.test(line);
}

/** What streets end in and is often mistyped. */
const suffixes = ['Street', 'Avenue', 'Boulevard', 'Highway', 'Parkway', 'Terrace', 'Square', 'Circle'];
const germanSuffix = /(stra(?:s|ss|sss|ße|sße)e?|strase|strsse|starße|starsse|strase)$/iu;

/** Particles of names that stay small, and directions and the like that stay large. */
const small = new Set([
  'of',
  'the',
  'and',
  'de',
  'la',
  'del',
  'di',
  'du',
  'des',
  'van',
  'von',
  'der',
  'den',
  'am',
  'im',
  'an',
  'auf',
  'zu',
  'y',
]);
const large = new Set([
  'NW',
  'NE',
  'SW',
  'SE',
  'US',
  'PO',
  'II',
  'III',
  'IV',
  'NYC',
  'PSC',
  'APO',
  'FPO',
  'DPO',
]);

/** Text all in capitals, or all without, with capitals where names have them; anything else as it is. */
export function mendCase(text: string): string {
  const letters = text.replaceAll(/\P{L}/gu, '');
  const isShouted = letters === letters.toUpperCase();
  if (letters.length < 4 || (!isShouted && letters !== letters.toLowerCase())) return text;
  return text
    .split(' ')
    .map((word, place) => {
      const lower = word.toLowerCase();
      if (large.has(word.toUpperCase())) return word.toUpperCase();
      if (place > 0 && small.has(lower)) return lower;
      // letters after a digit stay small, as in 5th and 12a
      return lower.replaceAll(
        /(^|[-/'’.(])(\p{L})/gu,
        (_, before: string, first: string) => before + first.toUpperCase(),
      );
    })
    .join(' ');
}

/** A street with words that were typed twice, and endings that were mistyped, put right; as it is where nothing stands out. */
export function mendStreet(line: string, country: string): string {
  const words = line
    .split(' ')
    .filter((word, place, all) => word.length < 4 || !/^\p{L}+$/u.test(word) || word !== all[place - 1]);
  const isGerman = ['DE', 'AT', 'CH'].includes(country);
  return words.map((word) => (isGerman ? mendGerman(word) : mendSuffix(word))).join(' ');
}

function mendSuffix(word: string): string {
  const known = suffixes.find((suffix) => isOneSlipAway(word.toLowerCase(), suffix.toLowerCase()));
  return known ?? word;
}

function mendGerman(word: string): string {
  if (/(straße|strasse)$/iu.test(word) || !germanSuffix.test(word)) return word;
  return word.replace(germanSuffix, (found) => (found.startsWith('S') ? 'Straße' : 'straße'));
}

/** One letter too many, one missing, one wrong, or two swapped (Damerau); plurals are no slip. */
function isOneSlipAway(typed: string, meant: string): boolean {
  if (typed === meant || typed === `${meant}s` || Math.abs(typed.length - meant.length) > 1) return false;
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start += 1;
  if (start === 0) return false;
  const rest = (text: string, from: number) => text.slice(from);
  return (
    rest(typed, start + 1) === rest(meant, start + 1) ||
    rest(typed, start + 1) === rest(meant, start) ||
    rest(typed, start) === rest(meant, start + 1) ||
    (typed[start] === meant[start + 1] &&
      typed[start + 1] === meant[start] &&
      rest(typed, start + 2) === rest(meant, start + 2))
  );
}
