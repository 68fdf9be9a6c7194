import type { TransactionContext } from '../kernel/index.ts';
import type { TokenPurpose } from './tokens.ts';

const undoing: readonly TokenPurpose[] = ['undo-password-change', 'undo-email-change'];

/**
 * Makes links and steps under way of a user void, after what they stand on has changed. Links to take a change back stay: whoever
 * gets into an account must not be able to take them from its owner.
 *
 * @param input.undone of those links, too, what was made since a change that is being taken back
 */
export async function dropLinks(
  tx: TransactionContext,
  input: { userId: string; undone?: { purposes: readonly TokenPurpose[]; since: Date } },
): Promise<void> {
  const { userId, undone } = input;
  await tx.db
    .deleteFrom('one_time_tokens')
    .where('user_id', '=', userId)
    .where((where) => {
      const isOther = where('purpose', 'not in', undoing);
      if (undone === undefined) return isOther;
      const isUndone = where.and([
        where('purpose', 'in', undone.purposes),
        where('created_at', '>=', undone.since),
      ]);
      return where.or([isOther, isUndone]);
    })
    .execute();
}
