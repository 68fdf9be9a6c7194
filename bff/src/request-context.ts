import type { Me } from '@souk/domain/identity';
import type { Context, CurrencyCode } from '@souk/domain/kernel';

/** One finished call of a procedure. */
export interface ProcedureCall {
  readonly path: string;
  readonly type: string;
  /** `ok` or the code of the error. */
  readonly outcome: string;
  readonly seconds: number;
  readonly statements: number;
  readonly budget: number;
}

/** What a procedure knows of the request that it serves. */
export interface RequestContext {
  readonly requestId: string;
  /** With the request's actor. */
  readonly domain: Context;
  /** Who is logged in; null for guests. */
  readonly me: Me | null;
  /** What a browser keeps to show that somebody has logged in by it before; not yet verified. */
  readonly deviceToken: string | null;
  /**
   * The cart at hand: the account's of who is logged in, else that of a verified token; null when there is none. Found out when it is
   * first asked for; no procedure's budget pays for it, as none pays for knowing who asks.
   */
  readonly cartId: () => Promise<string | null>;
  /** The cart that the token of a guest's names, whoever brings it; null without one, or when the token is not ours. */
  readonly guestCartId: string | null;
  /** The first language of `accept-language`, such as `en-US`. */
  readonly locale: string;
  readonly currency: CurrencyCode;
  /** Told of each call; throws when a budget is enforced and overdrawn. */
  readonly observeProcedure: (call: ProcedureCall) => void;
}
