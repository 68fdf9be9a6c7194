import type { ErrorBody, PaymentIntent, SetupIntent } from '../model.ts';

/**
 * A call refused, in Stripe's words. `isValidation` marks refusals from before the call began to execute: only
 * those are not remembered for its idempotency key.
 *
 * @see https://docs.stripe.com/api/errors
 */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly isValidation: boolean;

  constructor(status: number, body: ErrorBody, isValidation = false) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
    this.isValidation = isValidation;
  }
}

/** 400 for a parameter that is wrong whatever the state is. */
export function invalidParameter(param: string, message: string, code?: string): ApiError {
  return new ApiError(400, requestError(message, { param, code }), true);
}

/** 400 for a call that the state of things forbids. */
export function refused(message: string, details: { code?: string; param?: string } = {}): ApiError {
  return new ApiError(400, requestError(message, details));
}

/** 400 for a transition that the status machine does not have; carries the intent as it stands. */
export function unexpectedState(intent: PaymentIntent, message: string): ApiError {
  const body = requestError(message, { code: 'payment_intent_unexpected_state' });
  return new ApiError(400, { ...body, payment_intent: intent });
}

/** The same for a setup intent. */
export function unexpectedSetupState(intent: SetupIntent, message: string): ApiError {
  const body = requestError(message, { code: 'setup_intent_unexpected_state' });
  return new ApiError(400, { ...body, setup_intent: intent });
}

/** 404 for an id that names nothing. `param` is Stripe's name for the path's id (`intent`, not `id`). */
export function missingResource(object: string, id: string, param: string): ApiError {
  return new ApiError(404, requestError(`No such ${object}: '${id}'`, { code: 'resource_missing', param }));
}

/** 429: it is not remembered for the key, so that the call may be made again. */
export function rateLimited(): ApiError {
  const message = 'Too many requests hit the API too quickly (injected by the sandbox).';
  return new ApiError(429, requestError(message, { code: 'rate_limit' }), true);
}

/** 403 for a connected account that is not there, or not the platform's. */
export function foreignAccount(account: string): ApiError {
  const code = 'account_invalid';
  const message = `The provided key does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`;
  return new ApiError(403, requestError(message, { code }), true);
}

export function unauthorized(message: string, code?: string): ApiError {
  return new ApiError(401, requestError(message, { code }), true);
}

export function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
}

function requestError(
  message: string,
  { code, param }: { code?: string | undefined; param?: string | undefined },
): ErrorBody {
  return {
    ...(code !== undefined && { code, doc_url: docUrl(code) }),
    message,
    ...(param !== undefined && { param }),
    type: 'invalid_request_error',
  };
}
