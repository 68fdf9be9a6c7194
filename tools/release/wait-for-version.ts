/**
 * Waits until a shop answers in a version: `wait-for-version.ts <url> <version> [--minutes 20] [--in-a-row 5]`. While a canary is judged,
 * both versions answer: the release is whole when many answers in a row are the new one's. Exits with 1 when that does not come.
 * Uses nothing but Node.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const PAUSE_MS = 1_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '20' },
    'in-a-row': { type: 'string', default: '5' },
  },
});
const [shop = '', version = ''] = positionals;
const wanted = Number(values['in-a-row']);
const deadline = Date.now() + Number(values.minutes) * 60_000;
if (!URL.canParse(shop) || version === '' || !(wanted > 0) || Number.isNaN(deadline)) {
  console.error('usage: wait-for-version.ts <url> <version> [--minutes 20] [--in-a-row 5]');
  process.exit(2);
}

let inARow = 0;
let said = '';
while (inARow < wanted) {
  if (Date.now() > deadline) {
    console.error(`${shop} is not wholly ${version} after ${values.minutes} minutes`);
    process.exit(1);
  }
  const answer = await versionOf(shop);
  inARow = answer === version ? inARow + 1 : 0;
  if (answer !== said) console.log(`${new Date().toISOString()} ${answer}`);
  said = answer;
  await sleep(PAUSE_MS);
}
console.log(`${shop} is ${version}`);

/** What the pod that happens to answer says of itself. */
async function versionOf(url: string): Promise<string> {
  try {
    // A new connection each time: a kept one would always lead to the same pod.
    const response = await fetch(new URL('/health', url), {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(5_000),
    });
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null && 'version' in body
      ? String(body.version)
      : 'no version';
  } catch (error) {
    return `no answer (${error instanceof Error ? error.name : 'unknown'})`;
  }
}
