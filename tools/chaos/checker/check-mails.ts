import { z } from 'zod';
import type { Stage } from '../stage.ts';
import type { Breach } from './model.ts';

/** A mail about an order as the shop has it: its key is what it is and which order's, such as `order-confirmation:<id>`. */
export interface QueuedMail {
  readonly key: string;
  readonly status: string;
}

/** A mail as it arrived. */
export interface CaughtMail {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly subject: string;
}

const mailbox = z.object({
  messages: z.array(z.object({ messageId: z.string(), to: z.array(z.string()), subject: z.string() })),
});

/** Each order was confirmed by one mail, and each mail that the shop wrote has arrived. */
export async function checkMails({ domain, shop }: Pick<Stage, 'domain' | 'shop'>): Promise<Breach[]> {
  const queued = await domain.pool.query<QueuedMail>(
    `select key, status from mails where key like 'order-%'`,
  );
  const orders = await domain.pool.query<{ id: string; number: string }>(
    'select id::text, number from orders',
  );
  const response = await fetch(new URL('/messages', shop.mailboxUrl));
  return compareMails(orders.rows, queued.rows, mailbox.parse(await response.json()).messages);
}

/** The rules of `checkMails`. Pure. A second copy of one mail bears its Message-ID, by which mailboxes drop it. */
export function compareMails(
  orders: readonly { id: string; number: string }[],
  queued: readonly QueuedMail[],
  caught: readonly CaughtMail[],
): Breach[] {
  const mails = new Map(queued.map((mail) => [mail.key, mail]));
  const arrived = new Set(caught.map(({ messageId }) => idOf(messageId)));
  const unconfirmed = orders
    .filter(({ id }) => !mails.has(`order-confirmation:${id}`))
    .map(({ number }) => ({
      claim: 'each order is confirmed by mail',
      subject: number,
      detail: 'nobody wrote it',
    }));
  const lost = queued
    .filter(({ key, status }) => status !== 'sent' || !arrived.has(key.replace(':', '.')))
    .map(({ key, status }) => ({ claim: 'each mail arrives', subject: key, detail: `it is ${status}` }));
  const copies = Map.groupBy(caught, ({ to, subject }) => `${to.join()}: ${subject}`);
  const repeated = [...copies]
    .filter(([, same]) => new Set(same.map(({ messageId }) => messageId)).size > 1)
    .map(([subject, same]) => ({
      claim: 'each mail is written once',
      subject,
      detail: same.map(({ messageId }) => messageId).join(', '),
    }));
  return [...unconfirmed, ...lost, ...repeated];
}

function idOf(messageId: string): string {
  return messageId.replace(/^<(.*)@[^@]*>$/, '$1');
}
