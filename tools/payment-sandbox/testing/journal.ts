import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { JournalEntry } from '../journal.ts';

const entry = z.object({
  at: z.string(),
  method: z.string(),
  path: z.string(),
  parameters: z.string(),
  apiVersion: z.string(),
  idempotencyKey: z.string().nullable(),
  isPublishable: z.boolean(),
  status: z.number(),
  answer: z.unknown(),
});

/** What a sandbox that was started with `journal` has served. A line that a crash cut off is left out. */
export async function readJournal(file: string): Promise<JournalEntry[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  return lines.map((line) => entry.parse(JSON.parse(line)));
}
