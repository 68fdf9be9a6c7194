import { z } from 'zod';
import type { TransactionContext } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { dropLinks } from './drop-links.ts';
import { issueToken } from './tokens.ts';
import type { User } from './users.ts';

/** What an undo link stands for: when the change was. */
export const undoPasswordPayload = z.object({ changedAt: z.coerce.date() });

/** How long a change of password or address can be taken back. */
export const UNDO_SECONDS = 7 * 24 * 3600;

/** Sets a user's password and makes links void that were mailed before; tells the owner, with a link to take it back. */
export async function setPassword(tx: TransactionContext, user: User, passwordHash: string): Promise<void> {
  const now = tx.clock.now();
  await tx.db
    .updateTable('users')
    .set({ password_hash: passwordHash, password_changed_at: now, updated_at: now })
    .where('id', '=', user.id)
    .execute();
  await dropLinks(tx, { userId: user.id });
  const payload: z.infer<typeof undoPasswordPayload> = { changedAt: now };
  const token = await issueToken(tx, {
    purpose: 'undo-password-change',
    userId: user.id,
    ttlSeconds: UNDO_SECONDS,
    payload,
  });
  await queueMail(tx, {
    template: 'password-changed',
    to: user.email,
    locale: user.locale,
    userId: user.id,
    data: { name: user.name, undoUrl: `${tx.config.shop.url}/undo/${token}` },
  });
}
