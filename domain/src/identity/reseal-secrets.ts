import { authorise, type Context } from '../kernel/index.ts';
import { recordAudit } from './audit.ts';
import { resealTotpSecret } from './totp.ts';

const BATCH = 500;

/**
 * Seals what lasts by the newest of the shop's secrets, so that an older one can be taken off the list. All else that is sealed or
 * signed lives for hours or days, and runs out by itself. Can be broken off and run again.
 *
 * @returns how many were sealed anew
 * @throws DomainError `forbidden`; an Error when something was sealed by a secret that is gone already
 */
export async function resealSecrets(ctx: Context): Promise<number> {
  authorise(ctx, 'users:update');
  let done = 0;
  for (let after: string | null = null; ; ) {
    const rows = await ctx.db
      .selectFrom('totp_credentials')
      .select(['user_id', 'secret'])
      .$if(after !== null, (query) => query.where('user_id', '>', after ?? ''))
      .orderBy('user_id')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      await ctx.db
        .updateTable('totp_credentials')
        .set({ secret: resealTotpSecret(ctx, row.user_id, row.secret) })
        .where('user_id', '=', row.user_id)
        .where('secret', '=', row.secret)
        .execute();
    }
    done += rows.length;
    after = rows.at(-1)?.user_id ?? null;
    if (rows.length < BATCH) break;
  }
  await recordAudit(ctx, {
    action: 'secrets.resealed',
    target: { kind: 'shop', id: 'secrets' },
    after: { count: done },
  });
  return done;
}
