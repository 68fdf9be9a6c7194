import { DomainError, type TransactionContext } from '../kernel/index.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * Gives a user another address. Of two who want the same one at once the database lets one have it.
 *
 * @throws DomainError `conflict` when somebody else has it
 */
export async function moveToEmail(
  tx: TransactionContext,
  input: { userId: string; email: string },
): Promise<void> {
  try {
    await tx.db
      .updateTable('users')
      .set({ email: input.email, updated_at: tx.clock.now() })
      .where('id', '=', input.userId)
      .execute();
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION;
    throw isTaken ? new DomainError('conflict', 'the address has an account', {}, { cause: error }) : error;
  }
}
