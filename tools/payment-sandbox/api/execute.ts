import type { Call, Sandbox } from '../call.ts';
import type { Outcome } from '../model.ts';
import { ApiError } from './errors.ts';
import { expandObject } from './expand.ts';
import type { IdempotencyKeys, KeyedCall } from './idempotency.ts';

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
export function execute({ sandbox, keys, keyed, work, expand, call }: Execution): Outcome {
  return sandbox.db.transaction(() => {
    const outcome = run(sandbox, work, call);
    const answer = { status: outcome.status, body: expandObject(outcome.body, expand, sandbox.objects) };
    if (keyed) keys.save(keyed, { ...answer, requestId: call.requestId });
    return answer;
  });
}

/** A refusal undoes what the work had written so far, but is an answer like any other. */
function run(sandbox: Sandbox, work: Execution['work'], call: Call): Outcome {
  try {
    return sandbox.db.transaction(() => work(call));
  } catch (error) {
    if (!(error instanceof ApiError) || error.isValidation) throw error;
    return { status: error.status, body: { error: error.body } };
  }
}
