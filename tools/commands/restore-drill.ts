import { Command, InvalidArgumentError } from 'commander';
import { runDrill } from '../restore-drill/run-drill.ts';
import { messageOf } from '../stack/errors.ts';

function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`a whole number from ${low} to ${high} is wanted`);
  };
}

const options = new Command('npm run drill:restore --')
  .description(
    'Drills what docs/runbooks/restore-postgres.md tells: takes a base backup of a Postgres of its own while shoppers buy, keeps its log, loses server and data (kill -9), and brings them back to moments by chance. Every order acknowledged by then must be there, every invariant must hold, money of later orders must be found, and the shop must sell on. Exits with 1 when something is not right.',
  )
  .option('--seconds <n>', 'how long shoppers buy after the backup', whole(2, 3_600), 20)
  .option('--restores <n>', 'how many moments to go back to', whole(1, 1_000), 5)
  .option('--shoppers <n>', 'how many buy at once', whole(1, 8), 4)
  .helpOption('-h, --help')
  .parse()
  .opts<{ seconds: number; restores: number; shoppers: number }>();

try {
  const { orders, restored, breaches } = await runDrill({ ...options, tell: (line) => console.log(line) });
  const slowest = Math.max(...restored.map(({ tookMs }) => tookMs)) / 1_000;
  console.log(
    `\n${orders} orders, ${restored.length} returns, the slowest in ${slowest.toFixed(1)} s, ${breaches.length} breaches`,
  );
  process.exitCode = breaches.length === 0 ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
