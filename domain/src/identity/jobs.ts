import type { Context, ModuleJobs } from '../kernel/index.ts';
import { addSeconds } from '../kernel/index.ts';
import { changeEmailJob } from './change-email.ts';
import { sweepSessions } from './manage-sessions.ts';
import { sweepRefreshTokens } from './refresh-tokens.ts';
import { registerJob } from './register.ts';
import { forgotPasswordJob } from './reset-password.ts';

/** How long a throttle is remembered after the last try: longer than the longest delay. */
const THROTTLE_SECONDS = 24 * 3600;

/**
 * How long an expired token is kept: the two links of a change of address expire with one another, and that one of them is gone
 * must mean that it was used.
 */
const TOKEN_GRACE_SECONDS = 3600;

async function sweep(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  await sweepSessions(ctx);
  await sweepRefreshTokens(ctx);
  await ctx.db
    .deleteFrom('one_time_tokens')
    .where('expires_at', '<=', addSeconds(now, -TOKEN_GRACE_SECONDS))
    .execute();
  await ctx.db
    .deleteFrom('login_throttles')
    .where('updated_at', '<=', addSeconds(now, -THROTTLE_SECONDS))
    .execute();
}

export const identityJobs: ModuleJobs = {
  jobs: [registerJob.job, forgotPasswordJob.job, changeEmailJob.job],
  schedules: [{ name: 'identity.sweep', cron: '*/10 * * * *', handle: sweep }],
};
