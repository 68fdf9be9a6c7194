import { hash } from 'node:crypto';
import { type Database, numberOf, textOf } from '../state/database.ts';
import { ApiError, docUrl } from './errors.ts';

const lifetime = 24 * 60 * 60 * 1000;

/** An outcome as text: what is sent is what is saved. */
export interface Answer {
  status: number;
  /** JSON. */
  body: string;
}

export interface Saved extends Answer {
  requestId: string;
}

/** What one call is known by. */
export interface KeyedCall {
  /** A digest of the API key: two accounts may use the same idempotency key. */
  account: string;
  key: string;
  /** A digest of method, path and parameters. */
  fingerprint: string;
}

export interface IdempotencyKeys {
  /**
   * @returns the answer that this key got before, or `undefined` when the call is new
   * @throws ApiError 400 `idempotency_error` when the key was used with other parameters, 409 while it still runs
   */
  recall(call: KeyedCall): Saved | undefined;
  /** Marks a call as running until the function that it returns is called. */
  start(call: KeyedCall): () => void;
  /** Call it in the transaction of the change, so that change and memory of it are kept together. */
  save(call: KeyedCall, saved: Saved): void;
}

/** Stripe's rules: https://docs.stripe.com/api/idempotent_requests */
export function createIdempotencyKeys(db: Database, clock: () => number): IdempotencyKeys {
  const running = new Map<string, string>();

  return {
    recall(call) {
      db.run('delete from idempotency_keys where saved_at <= ?', clock() - lifetime);
      const runningFingerprint = running.get(nameOf(call));
      const row = db.first(
        'select fingerprint, request_id, status, body from idempotency_keys where account = ? and key = ?',
        call.account,
        call.key,
      );
      const before = runningFingerprint ?? (row && textOf(row, 'fingerprint'));
      if (before !== undefined && before !== call.fingerprint) throw mismatch(call.key);
      if (runningFingerprint !== undefined) throw stillRunning(call.key);
      return (
        row && {
          status: numberOf(row, 'status'),
          body: textOf(row, 'body'),
          requestId: textOf(row, 'request_id'),
        }
      );
    },
    start(call) {
      running.set(nameOf(call), call.fingerprint);
      return () => running.delete(nameOf(call));
    },
    save(call, saved) {
      db.run(
        `insert into idempotency_keys (account, key, fingerprint, request_id, status, body, saved_at)
         values (?, ?, ?, ?, ?, ?, ?)`,
        call.account,
        call.key,
        call.fingerprint,
        saved.requestId,
        saved.status,
        saved.body,
        clock(),
      );
    },
  };
}

export function digest(...parts: string[]): string {
  return hash('sha256', JSON.stringify(parts));
}

function nameOf(call: KeyedCall): string {
  return `${call.account} ${call.key}`;
}

function mismatch(key: string): ApiError {
  const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
  return new ApiError(400, { type: 'idempotency_error', message }, true);
}

function stillRunning(key: string): ApiError {
  const code = 'idempotency_key_in_use';
  const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Try again in a bit.`;
  return new ApiError(409, { type: 'idempotency_error', code, doc_url: docUrl(code), message }, true);
}
