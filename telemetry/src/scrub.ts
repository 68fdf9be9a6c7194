/**
 * A message without what it may quote: texts in quotation marks and brackets, e-mail addresses, the queries of addresses, long numbers and
 * tokens. Messages of Postgres, of JSON and of other libraries repeat what somebody entered; the rest of them names the fault.
 */
export function scrub(message: string): string {
  return message
    .slice(0, LONGEST)
    .replace(/(["“”`«»])(?:(?!\1).)*?\1/gs, '…')
    .replace(/(?<![A-Za-z]|\b(?:reading|setting) )'[^'\n]*'(?![A-Za-z])/g, '…')
    .replace(/["“`].*$/s, '…')
    .replace(/\((?!(?:reading|setting) '\w+'\))[^()]*\)(?:=\([^()]*\))?/g, '(…)')
    .replace(/[^\s@<>,;]+@[^\s@<>,;]+/g, '…')
    .replace(/[?#][^\s]*=[^\s]*/g, '?…')
    .replace(/\+?\d[\d ().-]{5,}\d/g, '…')
    .replace(/\b(?=[\w.-]*\d)(?=[\w.-]*[A-Za-z])[\w.-]{20,}/g, '…');
}

const LONGEST = 1_000;
