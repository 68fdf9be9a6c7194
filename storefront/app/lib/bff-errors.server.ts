import { type AppLoadContext, data, redirect } from '@remix-run/node';
import { TRPCClientError } from '@trpc/client';
import { formToSendAgain, type SentForm } from './send-again.server.ts';

/** A refusal of the bff, as its error formatter shapes it. */
export interface Refusal {
  readonly code: string;
  readonly httpStatus: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Messages for the input's fields, by path such as `shippingAddress.postcode`. */
  readonly fields: Readonly<Record<string, string>>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function messagesByField(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, message]) =>
      typeof message === 'string' ? [[field, message]] : [],
    ),
  );
}

/** What the bff refused, or `unavailable` when it could not be reached; null for anything that is a fault of our own. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof TRPCClientError)) return null;
  const shape: unknown = error.data;
  if (!isRecord(shape) || typeof shape.code !== 'string') {
    return { code: 'unavailable', httpStatus: 503, data: {}, fields: {} };
  }
  return {
    // for a shopper it is the same whether the shop is away or has too much to do
    code: shape.code === 'overloaded' ? 'unavailable' : shape.code,
    httpStatus: typeof shape.httpStatus === 'number' ? shape.httpStatus : 500,
    data: isRecord(shape.data) ? shape.data : {},
    fields: messagesByField(shape.fields),
  };
}

/** What an error page is told. */
export interface Failure {
  readonly requestId: string;
  /** What the bff refused with, where it did. */
  readonly code?: string;
  /** What the shopper had sent, where the shop was out of reach. */
  readonly sent?: SentForm;
}

/** Throws the page for `status`: the root's error boundary shows it. */
export function failWith(context: AppLoadContext, status: number, code?: string): never {
  const { requestId } = context;
  const sent = status === 503 ? formToSendAgain(context) : null;
  throw data<Failure>({ requestId, ...(code ? { code } : {}), ...(sent ? { sent } : {}) }, { status });
}

/**
 * Turns what a loader caught into the page that fits: gone, moved for good, busy, or broken.
 *
 * @param movedTo where a thing lives under its new slug
 */
export function failPage(context: AppLoadContext, error: unknown, movedTo?: (slug: string) => string): never {
  const refusal = refusalOf(error);
  if (refusal === null) throw error;
  if (refusal.code === 'moved' && movedTo && typeof refusal.data.slug === 'string') {
    throw redirect(movedTo(refusal.data.slug), 301);
  }
  if (refusal.code === 'not_found' || refusal.code === 'invalid_input') failWith(context, 404);
  if (refusal.code === 'not_sold_here') failWith(context, 404, refusal.code);
  if (refusal.code === 'unavailable' || refusal.httpStatus === 429 || refusal.httpStatus === 503) {
    failWith(context, refusal.httpStatus === 429 ? 429 : 503);
  }
  context.log.error({ code: refusal.code, status: refusal.httpStatus }, 'the bff refused what a page needs');
  failWith(context, 500);
}
