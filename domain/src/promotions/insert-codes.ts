import { sql } from 'kysely';
import { DomainError, type TransactionContext } from '../kernel/index.ts';

/**
 * Writes codes of a promotion, in order, all or none. One statement, or two when one is taken.
 *
 * @throws DomainError `code_taken` with `{ code }`
 */
export async function insertCodes(
  tx: TransactionContext,
  input: { promotionId: string; codes: readonly string[]; maxUses: number | null },
): Promise<void> {
  const codes = [...new Set(input.codes)];
  if (codes.length === 0) return;
  const rows = codes.map((code) => ({ id: tx.ids.next(), code }));
  const { rows: written } = await sql<{ code: string }>`
    insert into promotion_codes (id, promotion_id, code, max_uses, created_at)
    select id, ${input.promotionId}::uuid, code, ${input.maxUses}::int, ${tx.clock.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, code text)
    -- in one order, so that two that add the same codes do not wait for each other
    order by code
    on conflict (code) do nothing
    returning code
  `.execute(tx.db);
  const isWritten = new Set(written.map(({ code }) => code));
  const taken = codes.find((code) => !isWritten.has(code));
  if (taken !== undefined) {
    throw new DomainError('code_taken', `another promotion has the code ${taken}`, { code: taken });
  }
}
