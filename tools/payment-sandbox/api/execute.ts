import type { Call, Sandbox } from '../call.ts';
import type { Outcome } from '../model.ts';
import { ApiError } from './errors.ts';
import { expandObject } from './expand.ts';
import type { Answer, IdempotencyKeys, KeyedCall } from './idempotency.ts';

export interface Execution {
  sandbox: Sandbox;
  keys: IdempotencyKeys;
  /** Without an idempotency key the answer is not remembered. */
  keyed: KeyedCall | undefined;
  work: (call: Call) => Outcome;
  expand: readonly string[];
  call: Call;
}

/**
 * Runs a call and remembers its answer in one transaction. The work is synchronous, so calls run one after the other:
 * no two of them ever see the same intent half changed.
 *
 * @throws ApiError for a refusal that must not be remembered
 */
export function execute(execution: Execution): Answer {
  const { db } = execution.sandbox;
  try {
    return db.transaction(() => remember(execution, execution.work(execution.call)));
  } catch (error) {
    // A refusal undoes what the work had written so far, but is an answer like any other.
    if (!(error instanceof ApiError) || error.isValidation) throw error;
    return db.transaction(() => remember(execution, { status: error.status, body: { error: error.body } }));
  }
}

function remember({ sandbox, keys, keyed, expand, call }: Execution, outcome: Outcome): Answer {
  const body = JSON.stringify(expandObject(outcome.body, expand, sandbox.objects));
  const answer = { status: outcome.status, body };
  if (keyed) keys.save(keyed, { ...answer, requestId: call.requestId });
  return answer;
}
