import { z } from 'zod';
import type { TransactionContext } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { issueToken } from './tokens.ts';
import type { User } from './users.ts';

/** What a reset token stands for: the address that it was mailed to. */
export const resetPayload = z.object({ email: z.string() });

const LINK_SECONDS = 30 * 60;

/** A link to set a new password by, for half an hour; its host is the configured one, whatever host was asked. */
export async function issueResetLink(tx: TransactionContext, user: User): Promise<string> {
  const payload: z.infer<typeof resetPayload> = { email: user.email };
  const token = await issueToken(tx, {
    purpose: 'reset-password',
    userId: user.id,
    ttlSeconds: LINK_SECONDS,
    payload,
  });
  return `${tx.config.shop.url}/reset-password/${token}`;
}

/** Mails such a link to the account's address. */
export async function mailResetLink(tx: TransactionContext, user: User, key: string): Promise<void> {
  await queueMail(tx, {
    template: 'reset-password',
    to: user.email,
    locale: user.locale,
    userId: user.id,
    key,
    data: { name: user.name, url: await issueResetLink(tx, user) },
  });
}
