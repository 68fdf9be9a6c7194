import type { Address, AddressCheck } from './bff-types.ts';

/** What a shopper is asked about an address before it is taken. */
export interface AddressDoubt {
  readonly typed: Address;
  /** Null where it is not known what was meant. */
  readonly suggestion: Address | null;
  readonly reasons: readonly string[];
  /** Sent back with the form, to tell an address that is insisted on from one that was changed. */
  readonly asked: string;
}

const reasons: Readonly<Record<string, string>> = {
  region_of_postcode: 'This postcode belongs to another region.',
  house_number_missing: 'There is no house number in it: the courier may not find the door.',
  post_box: 'Couriers do not deliver to post boxes.',
  typing_error: 'Something looks like a typing error.',
};

/** What to ask about an address; null where nothing stands out, or where the shopper was asked of the very same one before. */
export function doubtOf(
  typed: Address,
  check: AddressCheck,
  askedBefore: string | null,
): AddressDoubt | null {
  const asked = JSON.stringify(typed);
  if (check.verdict === 'fine' || asked === askedBefore) return null;
  const told = check.notes.flatMap(({ code }) => reasons[code] ?? []);
  return { typed, suggestion: check.suggestion, reasons: [...new Set(told)], asked };
}

/** The lines of an address on an envelope, and whether the shop would change them. */
export function comparedLines(address: Address, other: Address): { text: string; isChanged: boolean }[] {
  const lines = linesOf(address);
  const others = new Set(linesOf(other));
  return lines.map((text) => ({ text, isChanged: !others.has(text) }));
}

function linesOf({ fullName, line1, line2, city, region, postcode }: Address): string[] {
  const place = [city, [region, postcode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [fullName, line1, line2, place].filter((line) => line !== '');
}
