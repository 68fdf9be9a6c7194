import { join } from 'node:path';
import { Command } from 'commander';
import { runInForeground } from '../stack/foreground.ts';
import { repository } from '../stack/paths.ts';

/** What can be measured, in the order that it is. */
const benches = {
  accounts: 'how fast the API knows who asks, and how others fare while many log in',
  checkout: 'how many carts are filled and orders completed by eight shoppers',
  'hot-item': 'how fast one variant is reserved by many at once',
  search: 'quality and speed of search on the fashion catalogue; needs ../shared/data, or it is left out',
} as const;

const names = Object.keys(benches);
const lines = Object.entries(benches).map(([name, what]) => `  ${name.padEnd(10)} ${what}`);

await new Command('npm run bench --')
  .description('Measures the shop, as ratios to limits of the machine in the same run.')
  .argument('[bench]', `one of them; all without`)
  .argument('[options...]', 'of the bench: -- accounts --help')
  .addHelpText('after', `\nBenches:\n${lines.join('\n')}`)
  .passThroughOptions()
  .helpOption('-h, --help')
  .action(async (name: string | undefined, options: string[]) => {
    if (name !== undefined && !names.includes(name)) {
      console.error(`There is no bench "${name}": ${names.join(', ')}.`);
      process.exitCode = 1;
      return;
    }
    for (const bench of name === undefined ? names : [name]) {
      console.log(`\n${bench}`);
      const code = await runInForeground(
        join(repository, 'tools/bench', `${bench}.ts`),
        options,
        process.env,
      );
      if (code !== 0) process.exitCode = code;
    }
  })
  .parseAsync();
