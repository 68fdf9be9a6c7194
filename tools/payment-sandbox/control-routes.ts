import type { FastifyInstance } from 'fastify';
import { operations } from './api/operations.ts';
import type { Sandbox } from './call.ts';
import { type Faults, faultSchema } from './faults.ts';
import { numberOf, textOf } from './state/database.ts';
import type { Deliverer } from './webhooks/deliver.ts';

export interface ControlOptions {
  sandbox: Sandbox;
  faults: Faults;
  deliverer: Deliverer;
}

/** `/sandbox/…`: what tests use to make things go wrong, and to see what is there. Stripe has none of it. */
export function registerControl(app: FastifyInstance, { sandbox, faults, deliverer }: ControlOptions): void {
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
  app.post('/webhooks/pause', async () => {
    deliverer.pause();
    return { paused: true };
  });
  app.post('/webhooks/resume', async () => {
    deliverer.resume();
    return { paused: false };
  });

  app.get('/state', async () => ({
    objects: {
      payment_intents: sandbox.objects.count('payment_intent'),
      payment_methods: sandbox.objects.count('payment_method'),
      charges: sandbox.objects.count('charge'),
      refunds: sandbox.objects.count('refund'),
      events: sandbox.objects.count('event'),
    },
    payment_intents_by_status: countsOf(
      sandbox,
      "select json_extract(body, '$.status') as name, count(*) as n from objects where kind = 'payment_intent' group by 1",
    ),
    webhooks: {
      paused: deliverer.isPaused,
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
