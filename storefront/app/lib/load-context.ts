/** One call of a procedure of the bff, as a page saw it. */
export interface BffCall {
  readonly procedure: string;
  /** `ok`, the code of the refusal, `unreachable`, or `aborted` where the shopper left meanwhile. */
  readonly outcome: string;
  readonly seconds: number;
}

/** What our server tells every loader and action about the request at hand. */
export interface RequestContext {
  /** Also in the logs and in the answer's `x-request-id`: what a shopper can quote to support. */
  readonly requestId: string;
  /** The scripts that this page may run carry it. */
  readonly nonce: string;
  /** The shopper's address, as the trusted proxies tell it. */
  readonly clientAddress: string;
  readonly shopUrl: string;
  readonly bffUrl: string;
  readonly mailboxUrl: string | null;
  readonly observeBff: (call: BffCall) => void;
  /** Asks another process for something, as part of the request's trace, which `headers` carry there. */
  readonly traced: <Answer>(
    name: string,
    ask: (headers: Readonly<Record<string, string>>) => Promise<Answer>,
  ) => Promise<Answer>;
  readonly log: { error(details: object, message: string): void };
}

declare module '@remix-run/node' {
  interface AppLoadContext extends RequestContext {}
}
