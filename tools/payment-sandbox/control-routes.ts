import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { operations } from './api/operations.ts';
import type { Sandbox } from './call.ts';
import { type Faults, faultSchema } from './faults.ts';
import { numberOf, textOf } from './state/database.ts';
import type { Deliverer } from './webhooks/deliver.ts';
import { deliveryManner, promptly } from './webhooks/delivery-manner.ts';

const timeSchema = z.strictObject({
  ms: z
    .number()
    .int()
    .min(1)
    .max(400 * 24 * 60 * 60 * 1000),
});

export interface ControlOptions {
  sandbox: Sandbox;
  faults: Faults;
  deliverer: Deliverer;
  /** Lets time pass for the sandbox, in milliseconds. */
  advanceClock: (milliseconds: number) => void;
}

/** `/sandbox/…`: what tests use to make things go wrong, and to see what is there. Stripe has none of it. */
export function registerControl(app: FastifyInstance, options: ControlOptions): void {
  const { sandbox, faults, deliverer, advanceClock } = options;
  const names = new Set(['*', ...operations.map((operation) => operation.name)]);

  app.post('/faults', async (request, reply) => {
    const fault = faultSchema.safeParse(request.body);
    if (!fault.success) return reply.code(400).send({ error: fault.error.issues });
    if (!names.has(fault.data.operation)) {
      return reply
        .code(400)
        .send({ error: `unknown operation ${fault.data.operation}`, operations: [...names] });
    }
    faults.add(fault.data);
    return reply.code(201).send(fault.data);
  });
  app.get('/faults', async () => ({ faults: faults.list() }));
  app.delete('/faults', async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  app.post<{ Params: { event: string } }>('/webhooks/resend/:event', async (request, reply) => {
    const deliveries = deliverer.resend(request.params.event);
    return deliveries > 0 ? { deliveries } : reply.code(404).send({ error: 'no delivery of such an event' });
  });
  app.put('/webhooks/manner', async (request, reply) => {
    const manner = deliveryManner.safeParse(request.body);
    if (!manner.success) return reply.code(400).send({ error: manner.error.issues });
    sandbox.manner = manner.data;
    return sandbox.manner;
  });
  app.delete('/webhooks/manner', async (_request, reply) => {
    sandbox.manner = promptly;
    return reply.code(204).send();
  });
  app.post('/clock/advance', async (request, reply) => {
    const time = timeSchema.safeParse(request.body);
    if (!time.success) return reply.code(400).send({ error: time.error.issues });
    advanceClock(time.data.ms);
    return { now: new Date(sandbox.clock()).toISOString() };
  });

  app.post('/webhooks/pause', async () => {
    deliverer.pause();
    return { paused: true };
  });
  app.post('/webhooks/resume', async () => {
    deliverer.resume();
    return { paused: false };
  });

  app.get('/state', async () => ({
    now: new Date(sandbox.clock()).toISOString(),
    objects: countsOf(sandbox, 'select kind as name, count(*) as n from objects group by kind order by kind'),
    payment_intents_by_status: countsOf(
      sandbox,
      "select json_extract(body, '$.status') as name, count(*) as n from objects where kind = 'payment_intent' group by 1",
    ),
    webhooks: {
      paused: deliverer.isPaused,
      manner: sandbox.manner,
      deliveries: countsOf(sandbox, 'select state as name, count(*) as n from deliveries group by 1'),
      troubled: sandbox.db.all(
        "select event, endpoint, state, attempts, last_result from deliveries where attempts > 0 and state <> 'delivered' order by id desc limit 20",
      ),
    },
    faults: faults.list(),
  }));
}

function countsOf(sandbox: Sandbox, sql: string): Record<string, number> {
  return Object.fromEntries(sandbox.db.all(sql).map((row) => [textOf(row, 'name'), numberOf(row, 'n')]));
}
