import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StackError } from './errors.ts';
import type { Instance } from './instance.ts';
import { canEnter, nobody, outsideDirectory, runsAsRoot } from './paths.ts';
import { loopback } from './ports.ts';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';
import { endOrphan, logTail, type Server, spawnServer, waitForHealth } from './processes.ts';
import type { Service } from './service.ts';
import { type SupervisionOptions, supervise } from './supervisor.ts';

export interface PostgresOptions {
  port: number;
  /** whether committed data survives a power cut; tests trade that for speed */
  durable: boolean;
}

type Account = { uid: number; gid: number } | undefined;

const user = 'souk';
/** The database of a shop; tests make their own beside it. */
const database = 'souk';

// A crash may leave a long write-ahead log to replay.
const startTimeoutMs = 60_000;

/** Starts the embedded Postgres with its data under the instance. The first start creates the cluster and an empty database. */
export async function startPostgres(
  instance: Instance,
  options: PostgresOptions,
  supervision: SupervisionOptions,
): Promise<Service> {
  const password = instance.password('postgres');
  const { home, account } = claimHome(join(instance.directory, 'postgres'));
  const binaries = await postgresBinaries(account);
  const data = join(home, 'data');
  const pidFile = instance.pidFile('postgres');

  await endOrphan(pidFile, data, 'SIGINT');
  await endOrphan(join(data, 'postmaster.pid'), data, 'SIGINT');
  if (!existsSync(data)) createCluster(binaries, home, account, password, options.durable);
  refuseOtherVersion(binaries, data);

  const url = (name: string) => `postgres://${user}:${password}@${loopback}:${options.port}/${name}`;
  const launch = async () => {
    return startPatiently(
      () =>
        spawnServer({
          name: 'Postgres',
          command: binaries.postgres,
          args: ['-D', data, ...settings(options)],
          cwd: home,
          env: postgresEnvironment(),
          logFile: instance.logFile('postgres'),
          pidFile,
          stopSignal: 'SIGINT', // "fast": ends sessions; SIGTERM would wait for them
          account,
        }),
      () => ensureDatabase(url('postgres')),
    );
  };
  const supervised = await supervise(launch, supervision);
  return {
    name: 'Postgres',
    url: url(database),
    note: binaries.version,
    data,
    supervised,
    stop: supervised.stop,
  };
}

/** After a crash, backends of the dead server may hold its shared memory for another moment: then a start is tried again. */
async function startPatiently(spawn: () => Server, probe: () => Promise<boolean>): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const server = spawn();
    try {
      await waitForHealth(server, probe, startTimeoutMs);
      return server;
    } catch (error) {
      if (attempt === 5 || !logTail(server.logFile, 4).includes('shared memory block')) throw error;
      await sleep(300);
    }
  }
}

/** True when the server answers and the shop's database exists. */
async function ensureDatabase(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // The server may be shutting down under us; the query below reports it.
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
    return true;
  } finally {
    await client.end();
  }
}

/** Creates the cluster beside its place and moves it there whole, so that an interrupted initdb leaves nothing half done. */
function createCluster(
  binaries: PostgresBinaries,
  home: string,
  account: Account,
  password: string,
  durable: boolean,
): void {
  const draft = join(home, 'data.new');
  const passwordFile = join(home, 'password');
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const args = [
    ...['-D', draft, '-U', user, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    // Same order and case rules on every machine, whatever locales it has.
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...(durable ? [] : ['--no-sync']),
  ];
  const run = spawnSync(binaries.initdb, args, {
    cwd: home,
    env: postgresEnvironment(),
    encoding: 'utf8',
    ...account,
  });
  rmSync(passwordFile, { force: true });
  if (run.status !== 0) {
    throw new StackError(
      `Postgres could not create its data in ${home}:\n${run.error?.message ?? run.stderr}`,
    );
  }
  renameSync(draft, join(home, 'data'));
}

function settings({ port, durable }: PostgresOptions): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: loopback,
    port,
    unix_socket_directories: '', // a socket file would be one more thing to collide or be left behind
    max_connections: 200,
    shared_buffers: '256MB',
    random_page_cost: 1.1, // data lie in memory or on an SSD: by the default, made for disks, small tables are read whole for one row
    max_wal_size: '1GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %d ',
    password_encryption: 'scram-sha-256',
    ...(durable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          wal_level: 'minimal',
          max_wal_senders: 0,
        }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Nothing of the caller's environment: a PGDATA or PGPORT in it would win over ours. */
function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * The directory of the cluster and the account to run as. Postgres refuses to run as root, so root hands it to `nobody` (or to whom
 * the data belong already), and moves the data out of a checkout that `nobody` cannot enter.
 */
function claimHome(wanted: string): { home: string; account: Account } {
  if (!runsAsRoot()) {
    mkdirSync(wanted, { recursive: true });
    return { home: wanted, account: undefined };
  }
  mkdirSync(wanted, { recursive: true });
  const owner = statSync(wanted);
  const account = owner.uid === 0 ? nobody : { uid: owner.uid, gid: owner.gid };
  const home = canEnter(dirname(wanted), account) ? wanted : outsideDirectory(wanted);
  mkdirSync(home, { recursive: true });
  chownSync(home, account.uid, account.gid);
  chmodSync(home, 0o700);
  return { home, account };
}

function refuseOtherVersion(binaries: PostgresBinaries, data: string): void {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version === binaries.major) return;
  throw new StackError(
    `The data in ${data} were made by Postgres ${version}, and this is ${binaries.major}: dump them with the old one, or start afresh with --fresh`,
  );
}
