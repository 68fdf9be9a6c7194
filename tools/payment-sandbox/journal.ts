import { closeSync, openSync, writeSync } from 'node:fs';

/** A call as the journal has it: one JSON object a line. */
export interface JournalEntry {
  /** ISO 8601. */
  at: string;
  method: string;
  /** With the prefix `/v1`, without a query. */
  path: string;
  /** Form-encoded, as they came; card numbers, security codes and IBANs are struck out. */
  parameters: string;
  apiVersion: string;
  idempotencyKey: string | null;
  /** Came with a publishable key, from a browser. */
  isPublishable: boolean;
  /** 0 when the answer was held back by a fault. */
  status: number;
  answer: unknown;
}

export interface Journal {
  write(entry: JournalEntry): void;
  close(): void;
}

/** Appends to a file, line by line: what was answered before a crash is in it. */
export function openJournal(file: string): Journal {
  const descriptor = openSync(file, 'a', 0o600);
  return {
    write(entry) {
      writeSync(descriptor, `${JSON.stringify({ ...entry, parameters: struckOut(entry.parameters) })}\n`);
    },
    close() {
      closeSync(descriptor);
    },
  };
}

const secrets = /((?:%5B|\[)(?:number|cvc|iban|account_number)(?:%5D|\]))=[^&]*/gi;

function struckOut(parameters: string): string {
  return parameters.replaceAll(secrets, '$1=struck_out');
}
