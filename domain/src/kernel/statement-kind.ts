/** What a statement does, as far as its first words tell. */
export const statementKinds = ['select', 'insert', 'update', 'delete', 'other'] as const;
export type StatementKind = (typeof statementKinds)[number];

const transactionControl = /^(?:begin|commit|rollback|savepoint|release|start transaction|set )/i;
const firstWord = /^(?:select|insert|update|delete|with)\b/i;
const comments = /^(?:\s+|\/\*.*?\*\/)+/s;
/** Not the lock of `for update`, nor what an insert does on a conflict. */
const change = /\b(?:insert into|(?<!\b(?:for|for no key|do) )update|delete from)\b/i;

/** How many texts are known before all are forgotten; lists of many lengths make many texts. */
const MOST_KNOWN = 4_000;
const known = new Map<string, StatementKind | null>();

/**
 * The kind of a statement; null for transaction control. One that begins with WITH is of the kind of the first change that it makes, else
 * a select.
 */
export function kindOfStatement(text: string): StatementKind | null {
  const found = known.get(text);
  if (found !== undefined) return found;
  const kind = readKind(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, kind);
  return kind;
}

function readKind(text: string): StatementKind | null {
  const bare = text.replace(comments, '');
  if (transactionControl.test(bare)) return null;
  const [word = ''] = firstWord.exec(bare) ?? [];
  if (word.toLowerCase() !== 'with') return kindNamed(word);
  const [made = 'select'] = change.exec(bare) ?? [];
  return kindNamed(made.split(' ', 1)[0] ?? '');
}

function kindNamed(word: string): StatementKind {
  const lower = word.toLowerCase();
  return statementKinds.find((kind) => kind === lower) ?? 'other';
}
