import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createDomain, type Domain } from '@souk/domain/app';
import { createUser, logIn, signedInBy } from '@souk/domain/identity';
import { createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import autocannon from 'autocannon';
import { Command } from 'commander';
import { startBenchStack } from './bench-stack.ts';

const { connections, seconds, loginsPerSecond } = new Command('accounts')
  .description(
    'Measures how fast the bff knows who asks, as a ratio to Fastify with one SELECT by primary key in the same run, and how long other requests take while many people log in.',
  )
  .option('--connections <n>', 'how many clients ask at once', Number, 16)
  .option('--seconds <n>', 'how long each is measured', Number, 8)
  .option('--logins-per-second <n>', 'log-ins while others browse', Number, 50)
  .parse()
  .opts<{ connections: number; seconds: number; loginsPerSecond: number }>();

interface Figures {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const USERS = 400;
const PASSWORD = 'a bench on a market square';

const { stack, env } = await startBenchStack();
const domain = createDomain(loadDomainConfig(env), {
  logger: createLogger({ name: 'bench', level: 'warn' }),
});
const servers: ChildProcess[] = [];
try {
  await measure();
} finally {
  for (const server of servers) server.kill('SIGKILL');
  await domain.close();
  await stack.stop();
}

async function measure(): Promise<void> {
  const emails = await people(domain);
  const { sessionToken, userId } = await logInOnce(domain, emails[0] ?? '');
  const limit = await serve('limit.ts', {});
  const check = await serve('session-check.ts', {});
  const uncached = await serve('session-check.ts', { REDIS_URL: '' });
  const bff = await serve('bff.ts', {});
  const asSession = { 'x-souk-session': sessionToken };
  const bare = await load(`${limit}/user`, { 'x-user': userId });
  report('Fastify + one SELECT by primary key', bare, bare);
  report('Fastify + session check', await load(`${check}/user`, asSession), bare);
  report('Fastify + session check, without Redis', await load(`${uncached}/user`, asSession), bare);
  report('whole bff: sessions.me, logged in', await load(`${bff}/trpc/sessions.me`, asSession), bare);
  report('whole bff: sessions.me, nobody', await load(`${bff}/trpc/sessions.me`, {}), bare);
  await logInsBesideOthers(bff, emails, asSession);
}

/** Accounts that log in by password; made once, as each costs a hash. */
async function people(domain: Domain): Promise<string[]> {
  const ctx = domain.context({ actor: system });
  const emails = Array.from({ length: USERS }, (_, index) => `bench-${index}@example.com`);
  process.stdout.write(`${USERS} accounts… `);
  for (let at = 0; at < emails.length; at += 20) {
    const some = emails.slice(at, at + 20);
    await Promise.all(
      some.map((email) => createUser(ctx, { email, name: 'Bench', password: PASSWORD, role: null })),
    );
  }
  console.log('there.');
  return emails;
}

async function logInOnce(domain: Domain, email: string) {
  const outcome = await logIn(domain.context(), {
    email,
    password: PASSWORD,
    kind: 'web',
    deviceToken: null,
  });
  if (outcome.outcome !== 'logged-in') throw new Error('expected a session');
  const signedIn = await signedInBy(domain.context(), { token: outcome.sessionToken });
  return { sessionToken: outcome.sessionToken, userId: signedIn?.userId ?? '' };
}

/** Starts a server in a process of its own. @returns its address */
function serve(file: string, own: Record<string, string>): Promise<string> {
  const server = fork(join(import.meta.dirname, 'servers', file), {
    env: { ...process.env, ...env, BFF_PORT: '0', ...own },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.once('message', (address) => resolve(String(address)));
    server.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
}

async function load(url: string, headers: Record<string, string>): Promise<Figures> {
  await autocannon({ url, headers, connections, duration: 2 });
  const { requests, latency, non2xx, errors } = await autocannon({
    url,
    headers,
    connections,
    duration: seconds,
  });
  return { rate: requests.average, p50: latency.p50, p99: latency.p99, failed: non2xx + errors };
}

function report(title: string, figures: Figures, limit: Figures): void {
  const ratio = (figures.rate / limit.rate).toFixed(2);
  const failed = figures.failed > 0 ? `  ${figures.failed} FAILED` : '';
  console.log(
    `  ${title.padEnd(40)} ${figures.rate.toFixed(0).padStart(7)}/s  ${ratio} of the limit  p50 ${figures.p50} ms  p99 ${figures.p99} ms${failed}`,
  );
}

/** Log-ins at a steady rate, each by another account, and how long requests that come meanwhile take. */
async function logInsBesideOthers(
  bff: string,
  emails: readonly string[],
  headers: Record<string, string>,
): Promise<void> {
  const others = () =>
    autocannon({
      url: `${bff}/trpc/sessions.me`,
      headers,
      connections: 4,
      overallRate: 200,
      duration: seconds,
    });
  const quiet = await others();
  const logins: Promise<number>[] = [];
  const began = performance.now();
  const busy = others();
  for (let index = 0; performance.now() - began < seconds * 1000; index += 1) {
    logins.push(logInOver(bff, emails[index % emails.length] ?? ''));
    await delay(began + ((index + 1) * 1000) / loginsPerSecond - performance.now());
  }
  const { latency } = await busy;
  const statuses = await Promise.all(logins);
  const done = (performance.now() - began) / 1000;
  const good = statuses.filter((status) => status === 200).length;
  console.log(
    `  ${statuses.length} log-ins at ${loginsPerSecond}/s: ${good} let in, ${statuses.length - good} told to come back, all answered after ${done.toFixed(1)} s (${(good / done).toFixed(0)}/s)\n` +
      `  others meanwhile, 200/s: p50 ${latency.p50} ms, p99 ${latency.p99} ms (quiet: ${quiet.latency.p50} and ${quiet.latency.p99} ms; the bar for p99 is 100 ms)`,
  );
}

async function logInOver(bff: string, email: string): Promise<number> {
  const response = await fetch(`${bff}/trpc/identity.logIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: { email, password: PASSWORD } }),
  });
  await response.arrayBuffer();
  return response.status;
}
