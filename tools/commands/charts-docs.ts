import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { readmeFile, readmeNow } from '../charts/readme.ts';

new Command('npm run charts:docs')
  .description("Writes the table of values in the chart's README anew, from the comments in values.yaml.")
  .helpOption('-h, --help')
  .parse();

writeFileSync(readmeFile, readmeNow());
console.log(`Written: ${readmeFile}`);
