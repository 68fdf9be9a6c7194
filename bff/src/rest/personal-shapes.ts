import { auditEntry } from '@souk/domain/identity';
import { orderFilter, orderLineView, orderListItem, staffOrderView } from '@souk/domain/orders';
import { z } from 'zod';
import type { RequestContext } from '../request-context.ts';
import { restMoney } from './shapes.ts';

/** Answers of the REST API that are for who asks only; dates are ISO strings. */

const moment = z.iso.datetime();
const nextCursor = z.string().nullable().meta({ description: 'Null on the last page.' });

export const meAnswer = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('user'),
      userId: z.uuid(),
      email: z.string(),
      name: z.string(),
      locale: z.string(),
      roles: z.array(z.object({ role: z.string(), sellerId: z.uuid().nullable() })),
      permissions: z.array(z.string()),
    }),
    z.object({ kind: z.literal('api-key'), keyId: z.uuid(), permissions: z.array(z.string()) }),
  ])
  .meta({ id: 'Me', description: 'Who asks: somebody who is logged in, or a program with a key.' });

/** Who asks, and what they may do. */
export function meOf({ me, domain }: RequestContext): z.infer<typeof meAnswer> | null {
  const permissions = [...domain.actor.permissions].toSorted();
  if (me) return { kind: 'user', ...me, permissions };
  return domain.actor.kind === 'api-key' ? { kind: 'api-key', keyId: domain.actor.id, permissions } : null;
}

export const orderListAnswer = z
  .object({
    items: z.array(orderListItem.extend({ placedAt: moment, total: restMoney })),
    nextCursor,
  })
  .meta({ id: 'OrderList' });

const restLine = orderLineView.extend({
  unitPrice: restMoney,
  discount: restMoney,
  tax: restMoney,
  total: restMoney,
  shipsAt: moment.nullable(),
});
const { payment, documents, disputes } = staffOrderView.shape;

export const orderAnswer = staffOrderView
  .extend({
    placedAt: moment,
    cancelledAt: moment.nullable(),
    subtotal: restMoney,
    discount: restMoney,
    shipping: restMoney,
    shippingDiscount: restMoney,
    tax: restMoney,
    total: restMoney,
    lines: z.array(restLine),
    payment: payment.extend({ dueAt: moment.nullable(), paidAt: moment.nullable() }),
    documents: z.array(documents.unwrap().extend({ issuedAt: moment })),
    history: z.array(z.object({ type: z.string(), occurredAt: moment, amount: restMoney.nullable() })),
    disputes: z.array(
      disputes.unwrap().extend({ amount: restMoney, openedAt: moment, closedAt: moment.nullable() }),
    ),
  })
  .meta({ id: 'Order' });

export const auditListAnswer = z
  .object({
    items: z.array(auditEntry.extend({ occurredAt: moment, before: z.json(), after: z.json() })),
    nextCursor,
  })
  .meta({ id: 'AuditEventList' });

const text = z.string().max(500).optional();
const limit = (most: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, 'expected a whole number')
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .optional()
    .meta({ description: `Entries a page, ${most} at most; 50 unless told otherwise.` });
const cursor = text.meta({ description: 'The `nextCursor` of the page before.' });

export const ordersQuery = z.strictObject({
  status: orderFilter.shape.status.unwrap().unwrap().optional(),
  cursor,
  limit: limit(100),
});

export const auditQuery = z.strictObject({
  actor: z.string().max(64).optional().meta({ description: 'By whom: the id of a user or a key.' }),
  target: z.string().max(64).optional().meta({ description: 'To what: an id.' }),
  cursor,
  limit: limit(200),
});

export const credentials = z.strictObject({ email: z.string(), password: z.string() });
export const secondFactorAnswer = z.strictObject({
  challenge: z.string(),
  method: z.enum(['totp', 'recovery-code']),
  code: z.string(),
});
export const refreshRequest = z.strictObject({ refreshToken: z.string() });

export const tokensAnswer = z
  .object({
    accessToken: z.string(),
    accessTokenExpiresAt: moment,
    refreshToken: z.string().meta({
      description:
        'Works once. A second use ends the session: refresh one at a time, and keep what comes back.',
    }),
    refreshTokenExpiresAt: moment,
  })
  .meta({ id: 'Tokens' });

export const loginAnswer = z
  .discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('logged-in'),
      ...tokensAnswer.shape,
      deviceToken: z.string().meta({ description: 'For the header `x-souk-device` of the next log-in.' }),
    }),
    z.object({
      outcome: z.literal('second-factor'),
      challenge: z.string(),
      methods: z.array(z.enum(['totp', 'passkey', 'recovery-code'])),
    }),
  ])
  .meta({ id: 'Login' });
