import { z } from 'zod';

export const faultSchema = z.strictObject({
  /** An operation's name, such as `payment_intents.confirm`, or `*`. */
  operation: z.string().min(1),
  kind: z.enum(['timeout_after_success', 'error_500', 'rate_limited', 'drop', 'slow']),
  times: z.number().int().min(1).max(10_000).default(1),
  delay_ms: z.number().int().min(0).max(600_000).default(0),
});

export type Fault = z.output<typeof faultSchema>;

export interface Faults {
  add(fault: Fault): void;
  /** The fault that the next call of this operation meets, used up once. */
  take(operation: string): Fault | undefined;
  list(): Fault[];
  clear(): void;
}

/** Faults are kept in memory: a restart clears them. */
export function createFaults(): Faults {
  let planned: Fault[] = [];
  return {
    add(fault) {
      planned.push({ ...fault });
    },
    take(operation) {
      const fault = planned.find((plan) => plan.operation === operation || plan.operation === '*');
      if (!fault) return undefined;
      fault.times -= 1;
      planned = planned.filter((plan) => plan.times > 0);
      return fault;
    },
    list: () => planned.map((fault) => ({ ...fault })),
    clear() {
      planned = [];
    },
  };
}
