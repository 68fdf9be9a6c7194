import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, StackError } from './errors.ts';

const Secrets = z.object({
  /** signs cookies and links */
  SOUK_SECRET: z.string().min(32),
  /** the sandbox takes any key of this form */
  STRIPE_SECRET_KEY: z.string(),
  STRIPE_WEBHOOK_SECRET: z.string(),
});
export type Secrets = z.infer<typeof Secrets>;

/** The secrets of a checkout: random, made at the first start, readable by their owner alone. */
export function checkoutSecrets(directory: string): Secrets {
  const path = join(directory, 'secrets.json');
  const secrets = makeSecrets();
  try {
    // Fails where the file exists, so that two programs starting at once agree on one set.
    writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return secrets;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  try {
    return Secrets.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new StackError(
      `${path} cannot be read (${messageOf(error)}): remove it, and carts and links signed so far become void`,
    );
  }
}

function makeSecrets(): Secrets {
  return {
    SOUK_SECRET: randomBytes(32).toString('hex'),
    STRIPE_SECRET_KEY: `sk_test_${randomBytes(24).toString('hex')}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('hex')}`,
  };
}
