import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * When a process started, as text that no later process with the same number repeats; `undefined` when there is no such
 * process. A zombie counts as gone: nobody may ever reap it (PID 1 of a container often does not).
 */
function startTimeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces and parentheses: count fields from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    if (process.platform === 'linux') return undefined;
    const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return ps.stdout?.trim() || undefined;
  }
}

/**
 * Takes a lock between processes. It holds until `release` is called or this process ends, however it ends.
 *
 * @param {string} path the lock's file
 * @returns `{ release }` when taken, `{ holder }` (a process id) when another live process has it
 */
export function tryLock(path) {
  const own = JSON.stringify({ pid: process.pid, started: startTimeOf(process.pid) });
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(draft, own);
  try {
    for (;;) {
      // A hard link appears whole or not at all, and fails when the name is taken: nobody reads half a lock.
      if (link(draft, path)) return { release: () => release(path, own) };
      const found = read(path);
      if (found === undefined) continue;
      const { pid, started } = parse(found);
      if (pid !== undefined && startTimeOf(pid) === started) return { holder: pid };
      removeStale(path, found);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes the lock, waiting for it; `onWait` is told once who holds it. */
export async function lock(path, onWait = () => {}) {
  let told = false;
  for (;;) {
    const result = tryLock(path);
    if (result.release) return result.release;
    if (!told) onWait(result.holder);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Two processes may find the same stale lock: the slower one must not remove the lock that the faster one has taken since. */
function removeStale(path, stale) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== stale) link(aside, path);
  rmSync(aside, { force: true });
}

function release(path, own) {
  if (read(path) === own) rmSync(path, { force: true });
}
