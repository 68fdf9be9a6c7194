import { createLogger } from '@souk/domain/kernel';
import { describe, expect, test } from 'vitest';
import { BudgetExceeded, createBudgetWatch } from './budget.ts';

const call = (statements: number) => ({
  path: 'catalog.product',
  type: 'query',
  outcome: 'ok',
  seconds: 0.01,
  statements,
  budget: 4,
});

function watch(isEnforced: boolean) {
  const lines: string[] = [];
  const logger = createLogger({
    name: 'test',
    level: 'info',
    destination: { write: (line) => void lines.push(line) },
  });
  return { lines, observe: createBudgetWatch(isEnforced, logger) };
}

describe('a call over its budget', () => {
  test('fails where budgets are enforced', () => {
    const { observe } = watch(true);
    observe(call(4));
    expect(() => observe(call(5))).toThrow(BudgetExceeded);
  });

  test('is told of once elsewhere', () => {
    const { observe, lines } = watch(false);
    for (const statements of [4, 5, 9]) observe(call(statements));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"statements":5');
  });
});
