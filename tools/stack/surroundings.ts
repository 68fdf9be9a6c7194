import { join } from 'node:path';
import { startMailCatcher } from '../mail-catcher/mail-catcher.ts';
import type { Instance } from './instance.ts';
import { loopback } from './ports.ts';
import { startProgram } from './programs.ts';
import type { Secrets } from './secrets.ts';
import { portFor } from './stack.ts';
import { type Supervised, supervise } from './supervisor.ts';

/** The part of the outside world that we bring along: nobody is charged and no mail is delivered. */
export interface Surroundings {
  /** absent where STRIPE_SECRET_KEY chooses the real one */
  readonly sandboxUrl: string | undefined;
  readonly sandbox: Supervised | undefined;
  /** absent where SMTP_URL chooses a real mail server */
  readonly mail: { smtpUrl: string; mailboxUrl: string } | undefined;
  stop(): Promise<void>;
}

const usualSandboxPort = 4010;
const webhookPath = '/webhooks/stripe';

export interface SurroundingsOptions {
  secrets: Secrets;
  /** where the API takes the events of payments */
  bffUrl: string;
  onRestart?: ((name: string, how: string) => void) | undefined;
}

/** Starts the payment sandbox and the mail catcher, each unless the environment names a real one. */
export async function startSurroundings(
  instance: Instance,
  options: SurroundingsOptions,
): Promise<Surroundings> {
  const [sandbox, mail] = await Promise.all([
    process.env.STRIPE_SECRET_KEY ? undefined : startSandbox(instance, options),
    process.env.SMTP_URL ? undefined : startMail(instance),
  ]);
  return {
    sandboxUrl: sandbox?.url,
    sandbox: sandbox?.supervised,
    mail,
    async stop() {
      await Promise.all([sandbox?.supervised.stop(), mail?.stop()]);
    },
  };
}

async function startMail(instance: Instance) {
  return startMailCatcher({
    directory: join(instance.directory, 'mail'),
    smtpPort: await portFor(instance, 'smtp'),
    httpPort: await portFor(instance, 'mailbox'),
  });
}

/** A process of its own: a busy or broken sandbox does not hold up the rest. */
async function startSandbox(instance: Instance, { secrets, bffUrl, onRestart }: SurroundingsOptions) {
  const port = await portFor(instance, 'payments', usualSandboxPort);
  const url = `http://${loopback}:${port}`;
  const program = { name: 'payments', entry: 'tools/payment-sandbox/cli.ts', healthUrl: `${url}/health` };
  const env = {
    PATH: process.env.PATH ?? '',
    SANDBOX_PORT: String(port),
    SANDBOX_HOST: loopback,
    SANDBOX_DATA_DIR: join(instance.directory, 'payments'),
    SANDBOX_WEBHOOKS: `${bffUrl}${webhookPath},${secrets.STRIPE_WEBHOOK_SECRET}`,
  };
  const launch = () => startProgram(instance, program, { env });
  return { url, supervised: await supervise(launch, { restarts: 3, onRestart }) };
}
