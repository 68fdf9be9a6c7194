/** Where most people have their mail. */
const domains =
  'gmail.com googlemail.com mail.com mail.de email.com fastmail.com ymail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de hotmail.com hotmail.co.uk hotmail.fr hotmail.de outlook.com live.com msn.com icloud.com me.com aol.com proton.me protonmail.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de comcast.net att.net verizon.net orange.fr free.fr btinternet.com'.split(
    ' ',
  );

/** Longer ones may be other houses' names. */
const MOST_MISTAKES = 2;

/**
 * An e-mail address as it was probably meant, where its domain is nearly that of a great provider.
 *
 * @example suggestEmail('ada@gmial.com') // 'ada@gmail.com'
 * @returns null where nothing seems wrong
 */
export function suggestEmail(typed: string): string | null {
  const [name = '', domain = '', ...more] = typed.trim().split('@');
  const wanted = domain.toLowerCase();
  if (name === '' || wanted.length < 4 || more.length > 0 || domains.includes(wanted)) return null;
  const near = domains
    .map((known) => ({ known, mistakes: mistakesBetween(wanted, known) }))
    .filter(({ known, mistakes }) => mistakes <= (known.length < 8 ? 1 : MOST_MISTAKES))
    .toSorted((a, b) => a.mistakes - b.mistakes);
  return near[0] ? `${name}@${near[0].known}` : null;
}

/** Letters to add, leave out, change or swap with their neighbour. */
function mistakesBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next[column] = Math.min(
        at(last, column) + 1,
        at(next, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = next;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], column: number) => row[column] ?? Number.POSITIVE_INFINITY;
