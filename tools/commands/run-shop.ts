import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { demoLogins, demoPassword } from '../seed/demo-logins.ts';
import { demoCodes, demoGiftCards, demoOffers } from '../seed/demo-offers.ts';
import { type App, startApp } from '../stack/app.ts';
import { StackError } from '../stack/errors.ts';
import { eraseData, openInstance } from '../stack/instance.ts';
import { soukDirectory } from '../stack/paths.ts';
import { loopback, requireFree } from '../stack/ports.ts';
import { logTail } from '../stack/processes.ts';
import { type Progress, printError, terminalProgress } from '../stack/progress.ts';
import { askedToStop } from '../stack/signals.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { printTable } from '../stack/table.ts';

export interface ShopOptions {
  port: number;
  bffPort: number;
  metricsPort: number;
  storefrontMetricsPort: number;
  host: string;
  fresh: boolean;
  seed: boolean;
}

/** The options that `start` and `dev` share. */
export function shopCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--port <port>', 'of the storefront', parsePort, 3000)
    .option('--bff-port <port>', 'of the API', parsePort, 4000)
    .option('--metrics-port <port>', "of the API's Prometheus metrics", parsePort, 9464)
    .option('--storefront-metrics-port <port>', "of the storefront's", parsePort, 9465)
    .option('--host <address>', 'where to listen; 0.0.0.0 to be reached from other machines', loopback)
    .option('--fresh', 'erase what earlier starts have stored in .souk/start, and begin anew', false)
    .option('--no-seed', 'do not fill an empty catalogue with the demo products')
    .addHelpText(
      'after',
      `
Data, logs and passwords are kept in .souk/start. In place of what comes along, your own is used where you set
DATABASE_URL, REDIS_URL, MEILI_URL with MEILI_API_KEY, SMTP_URL, or STRIPE_SECRET_KEY with STRIPE_WEBHOOK_SECRET.`,
    );
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('A port is a number from 1 to 65535.');
  }
  return port;
}

/** Runs the shop until it is asked to stop or one of its parts stays down, and ends this process. */
export async function runShop(
  options: ShopOptions,
  mode: 'development' | 'production',
  onLine: (program: string, line: string) => void,
): Promise<never> {
  const progress = terminalProgress();
  const stopping = askedToStop();
  const begun = Date.now();
  let exitCode = 0;
  const running: { stack?: Stack; app?: App } = {};
  try {
    const opened = open(options, mode, onLine, progress, running);
    opened.catch(() => {}); // may fail when we have been asked to stop already
    const signal = await Promise.race([opened, stopping]);
    if (typeof signal !== 'string' && running.app && running.stack) {
      printSummary(running.app, running.stack, begun, options);
      const end = await Promise.race([stopping, running.app.gaveUp]);
      if (typeof end !== 'string') {
        throw new StackError(
          `${end.name} has ended (${end.how}): stopping everything\n${logTail(end.logFile)}`,
        );
      }
    }
    progress.note('\nStopping…');
  } catch (error) {
    printError(error);
    exitCode = 1;
  }
  // What is still on its way up is not waited for: it ends with this process.
  await running.app?.stop();
  await running.stack?.stop();
  process.exit(exitCode);
}

async function open(
  options: ShopOptions,
  mode: 'development' | 'production',
  onLine: (program: string, line: string) => void,
  progress: Progress,
  running: { stack?: Stack; app?: App },
): Promise<void> {
  const instance = openInstance(join(soukDirectory, 'start'));
  const { host, port, bffPort, metricsPort, storefrontMetricsPort } = options;
  try {
    await requireFree([
      { port, host, purpose: 'the storefront', option: '--port' },
      { port: bffPort, host, purpose: 'the API', option: '--bff-port' },
      { port: metricsPort, host, purpose: 'the metrics', option: '--metrics-port' },
      {
        port: storefrontMetricsPort,
        host,
        purpose: "the storefront's metrics",
        option: '--storefront-metrics-port',
      },
    ]);
    if (options.fresh) eraseData(instance);
  } catch (error) {
    instance.release();
    throw error;
  }
  const onRestart = (name: string, how: string) =>
    progress.note(`  ! ${name} ended (${how}): starting it again`);
  const stack = await progress.step('Databases up', () => startStack(instance, { onRestart }));
  running.stack = stack;
  const addresses = { host, storefrontPort: port, bffPort, metricsPort, storefrontMetricsPort };
  const prepare = options.seed
    ? [
        { title: 'Catalogue seeded', args: ['seed', '--if-empty'] },
        // A database of somebody's own gets no log-ins that it has not asked for.
        ...(hasDemoLogins() ? [{ title: 'Demo log-ins made', args: ['user', 'demo'] }] : []),
      ]
    : [];
  running.app = await startApp({ stack, addresses, mode, prepare, progress, onLine, onRestart });
}

function hasDemoLogins(): boolean {
  return process.env.DATABASE_URL === undefined;
}

function printSummary(app: App, stack: Stack, begun: number, options: ShopOptions): void {
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  const sandbox = app.sandboxUrl
    ? [['Payments', app.sandboxUrl, 'sandbox: card 4242 4242 4242 4242, any later date, any CVC']]
    : [];
  const mailbox = app.mailboxUrl
    ? [['Mailbox', `${app.shopUrl}/dev/mailbox`, 'what the shop has mailed']]
    : [];
  const rows = [
    ['Shop', app.shopUrl, ''],
    ...mailbox,
    ['API', `${app.bffUrl}/api/v1/openapi.json`, 'REST, described in OpenAPI'],
    ...sandbox,
  ];
  console.log();
  printTable(stack);
  console.log(`\nSouk is open, after ${seconds} s\n`);
  for (const [name = '', address = '', what = ''] of rows)
    console.log(`  ${name.padEnd(10)}${address.padEnd(46)}${what}`.trimEnd());
  if (options.seed && hasDemoLogins()) printLogins(app);
  if (options.seed) printOffers();
  console.log('\nLogs are in .souk/start/logs. Stop with Ctrl-C.');
}

function printLogins(app: App): void {
  const [secret = ''] = (app.environment.SOUK_SECRET ?? '').split(',');
  console.log(`\n  Log in at ${app.shopUrl}/login, each with the password ${demoPassword(secret.trim())}`);
  for (const { email, title } of demoLogins) console.log(`    ${email.padEnd(26)}${title}`);
}

function printOffers(): void {
  console.log('\n  To try in a cart');
  for (const { code, title } of [...demoCodes, ...demoGiftCards])
    console.log(`    ${code.padEnd(26)}${title}`);
  console.log(`  Without a code: ${demoOffers.join('; ')}`);
}
