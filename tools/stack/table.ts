import { repository } from './paths.ts';
import { publicAddress } from './service.ts';
import type { Stack } from './stack.ts';

/** Prints what of the stack runs where, without passwords. */
export function printTable(stack: Stack, write: (line: string) => void = console.log): void {
  const rows = stack.services.map((service) => [
    service.name,
    service.url === undefined ? 'absent' : publicAddress(service.url),
    service.note,
    service.data === undefined ? '' : service.data.replace(`${repository}/`, ''),
  ]);
  for (const line of formatTable([['', 'address', 'what', 'data'], ...rows])) write(`  ${line}`);
}

/** Aligns columns; the first row is the head. */
function formatTable(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines.slice(0, 1), '─'.repeat(Math.max(...lines.map((line) => line.length))), ...lines.slice(1)];
}
