import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lookForTool } from '../../go/go-tools.ts';
import type { JournalEntry } from '../journal.ts';

export interface StripeMock {
  url: string;
  /** Sends calls again, to Stripe's own validator. @returns a line for each that Stripe would not have taken */
  refusalsOf(entries: readonly JournalEntry[]): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Starts Stripe's validator of requests, https://github.com/stripe/stripe-mock, on a free port. It is found where
 * `npm run tools:install -- stripe-mock` puts it, or on PATH.
 *
 * @returns null when it is not installed, after a line that says so
 */
export async function startStripeMock(): Promise<StripeMock | null> {
  const binary = lookForTool('stripe-mock');
  if (binary === undefined) {
    console.warn(
      'stripe-mock is not installed: what is sent to Stripe is not checked against its description.',
    );
    return null;
  }
  // Both ports are named: by default it would take well-known ones, on all interfaces.
  const child = spawn(binary, ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await addressOf(child);
  return {
    url,
    async refusalsOf(entries) {
      const refusals: string[] = [];
      for (const entry of entries) {
        const refusal = await replay(url, entry);
        if (refusal !== undefined)
          refusals.push(`${entry.method} ${entry.path}?${entry.parameters}: ${refusal}`);
      }
      return refusals;
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Calls from browsers are Stripe.js's own affair, and those that the sandbox refused prove nothing: both are passed over. */
async function replay(url: string, entry: JournalEntry): Promise<string | undefined> {
  const wasRefused = entry.status === 400 || entry.status === 401 || entry.status === 404;
  if (entry.isPublishable || wasRefused) return undefined;
  const isPost = entry.method === 'POST';
  const query = isPost || entry.parameters === '' ? '' : `?${entry.parameters}`;
  const answer = await fetch(`${url}${entry.path}${query}`, {
    method: entry.method,
    headers: {
      authorization: 'Bearer sk_test_123',
      'content-type': 'application/x-www-form-urlencoded',
      ...(entry.idempotencyKey !== null && { 'idempotency-key': entry.idempotencyKey }),
    },
    ...(isPost && { body: entry.parameters }),
  });
  const text = await answer.text();
  return answer.ok ? undefined : `${answer.status} ${text.replaceAll(/\s+/g, ' ')}`;
}

async function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
      const [, address] = /Listening for HTTP at address: (\S+)/.exec(output) ?? [];
      if (address !== undefined) resolve(`http://${address}`);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`stripe-mock did not start: ${output}`)));
  });
}
