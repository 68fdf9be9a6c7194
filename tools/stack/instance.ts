import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { tryLock } from '../file-lock.mjs';
import { messageOf, StackError } from './errors.ts';
import { outsideDirectory } from './paths.ts';

/** What an instance of the stack remembers between starts. Passwords are random and never leave the machine. */
const Memory = z.object({
  ports: z.record(z.string(), z.number()).default({}),
  passwords: z.record(z.string(), z.string()).default({}),
  /** environment of the programs that use the stack, while it runs */
  environment: z.record(z.string(), z.string()).optional(),
});
export type Memory = z.infer<typeof Memory>;

/** A directory that one stack at a time owns. */
export interface Instance {
  readonly directory: string;
  readonly memory: Memory;
  /** where a service writes its log */
  logFile(service: string): string;
  pidFile(service: string): string;
  /** the service's password: made at the first call, the same ever after */
  password(service: string): string;
  save(): void;
  release(): void;
}

/** Takes a directory for one stack. Fails when a live process has it. */
export function openInstance(directory: string): Instance {
  const lock = lockInstance(directory);
  if (!lock.release) {
    throw new StackError(
      `Souk is already running here (process ${lock.holder}). Stop it first, with Ctrl-C or kill ${lock.holder}.`,
    );
  }
  return instanceOf(directory, lock.release);
}

/** Takes `directory`, or `directory-2`, `-3`, … when others are busy with it: test runs may overlap. */
export function openFreeInstance(directory: string): Instance {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? directory : `${directory}-${number}`;
    const lock = lockInstance(candidate);
    if (lock.release) return instanceOf(candidate, lock.release);
  }
}

/** Deletes the data of an instance. Its ports, passwords and logs stay. */
export function eraseData({ directory }: Instance): void {
  for (const home of [directory, outsideDirectory(directory)].filter(existsSync)) {
    for (const entry of readdirSync(home, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== 'logs') rmSync(join(home, entry.name), { recursive: true });
    }
  }
}

/** The environment of a stack that another process runs in the directory now, if there is one. */
export function environmentOfRunning(directory: string): Record<string, string> | undefined {
  const lock = lockInstance(directory);
  if (!lock.release) return readMemory(directory).environment;
  lock.release();
  return undefined;
}

function lockInstance(directory: string) {
  try {
    mkdirSync(join(directory, 'logs'), { recursive: true });
    return tryLock(join(directory, 'lock'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      throw new StackError(
        `${directory} belongs to another user (was Souk run as root before?): remove it, or give it to yourself`,
      );
    }
    throw error;
  }
}

function instanceOf(directory: string, release: () => void): Instance {
  const memory = readMemory(directory);
  delete memory.environment;
  const save = () => writeMemory(directory, memory);
  return {
    directory,
    memory,
    logFile: (service) => join(directory, 'logs', `${service}.log`),
    pidFile: (service) => join(directory, `${service}.pid`),
    password(service) {
      const password = memory.passwords[service] ?? randomBytes(24).toString('hex');
      memory.passwords[service] = password;
      save();
      return password;
    },
    save,
    release() {
      delete memory.environment;
      save();
      release();
    },
  };
}

function readMemory(directory: string): Memory {
  const path = join(directory, 'stack.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Memory.parse({});
    throw error;
  }
  try {
    return Memory.parse(JSON.parse(text));
  } catch (error) {
    throw new StackError(`${path} cannot be read (${messageOf(error)}): remove ${directory} to start afresh`);
  }
}

function writeMemory(directory: string, memory: Memory): void {
  const path = join(directory, 'stack.json');
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
