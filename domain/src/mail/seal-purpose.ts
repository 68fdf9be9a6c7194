/** Bound to its row, so that nobody who can write to the table sends one mail's content to another's recipient. */
export function sealPurpose(mailId: string): string {
  return `mail:${mailId}`;
}
