import type { Meilisearch } from 'meilisearch';
import type { Stripe } from 'stripe';
import type { OutsideApi } from './outside-api.ts';

/** A mail, ready to send. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Stays the same over retries: the receiving side can drop a second copy. */
  readonly messageId: string;
  /** Where such mails are stopped, for those that somebody may not want. */
  readonly unsubscribeUrl?: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** Files by key: a folder in development, S3 in production. Keys are relative paths of `[a-z0-9/._-]`. */
export interface FileStore {
  put(key: string, content: Uint8Array, contentType: string): Promise<void>;
  /** The content, or null when there is none. */
  get(key: string): Promise<Uint8Array | null>;
  has(key: string): Promise<boolean>;
}

/** What lives outside the process. Tests point these at the sandbox or a stand-in at the network edge. */
export interface Services {
  readonly stripe: Stripe;
  readonly mailer: Mailer;
  readonly files: FileStore;
  /** Null when the shop runs without a search engine: search then answers from Postgres. */
  readonly meili: Meilisearch | null;
  /** Null when it is off: the shop's own tables price shipping, and labels cannot be bought. */
  readonly shippo: OutsideApi | null;
  /** Null when it is off: the shop's own tables tell the tax. */
  readonly avalara: OutsideApi | null;
}
