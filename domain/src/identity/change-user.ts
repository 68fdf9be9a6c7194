import type { TransactionContext } from '../kernel/index.ts';
import { refreshSessions } from './manage-sessions.ts';

/** Changes how a user is called and which language they read, in the caller's transaction. Three statements at most. */
export async function changeUser(
  tx: TransactionContext,
  input: { userId: string; name?: string; locale?: string },
): Promise<void> {
  await tx.db
    .updateTable('users')
    .set({
      updated_at: tx.clock.now(),
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.locale === undefined ? {} : { locale: input.locale }),
    })
    .where('id', '=', input.userId)
    .where('status', '=', 'active')
    .execute();
  await refreshSessions(tx, { userId: input.userId });
}
