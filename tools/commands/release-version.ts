import { Command } from 'commander';
import { raiseVersion } from '../release/version.ts';

new Command('npm run release:version --')
  .description(
    'Turns the changesets (.changeset/*.md) into the next version of all packages and of the chart, and writes the changelogs. The release workflow runs it.',
  )
  .helpOption('-h, --help')
  .parse();

console.log(raiseVersion());
