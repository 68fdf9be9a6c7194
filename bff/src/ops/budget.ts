import type { Logger } from 'pino';
import type { ProcedureCall } from '../request-context.ts';

/** A procedure sent more SQL statements than it declares. */
export class BudgetExceeded extends Error {
  constructor(call: ProcedureCall) {
    super(`${call.path} sent ${call.statements} SQL statements; its budget is ${call.budget}`);
    this.name = 'BudgetExceeded';
  }
}

/**
 * Holds procedures to their declared SQL statements.
 *
 * @param isEnforced true in tests: a call above its budget fails; otherwise it is logged once a procedure
 */
export function createBudgetWatch(isEnforced: boolean, logger: Logger): (call: ProcedureCall) => void {
  const told = new Set<string>();
  return (call) => {
    if (call.statements <= call.budget) return;
    if (isEnforced) throw new BudgetExceeded(call);
    if (told.has(call.path)) return;
    told.add(call.path);
    const { path, statements, budget } = call;
    logger.warn({ procedure: path, statements, budget }, 'a procedure is over its budget of SQL statements');
  };
}
