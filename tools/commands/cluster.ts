import { Command, InvalidArgumentError } from 'commander';
import { testCluster } from '../../k8s/local/checks/all.ts';
import { clusterDown, clusterUp } from '../../k8s/local/cluster.ts';
import { kubeconfig } from '../../k8s/local/settings.ts';
import { messageOf } from '../stack/errors.ts';

const started = Date.now();
const tell = (line: string) =>
  console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);

const program = new Command('npm run cluster:<up|test|down> --')
  .description(
    'A real Kubernetes cluster on this machine, for trying the chart. docs/local-cluster.md tells of it.',
  )
  .helpOption('-h, --help');

program
  .command('up')
  .description(
    'compiles (once), builds and starts the cluster; ten to twenty minutes the first time, then half a minute',
  )
  .option('--nodes <n>', 'how many nodes', wholeNumber, 2)
  .action(async (options: { nodes: number }) => {
    await clusterUp(options.nodes, tell);
    console.log(`\nKUBECONFIG=${kubeconfig}`);
  });

program
  .command('test')
  .description(
    'builds the images of this checkout, installs the chart and proves that it sells, rolls, survives and scales; 15 to 30 minutes',
  )
  .action(async () => {
    const failed = await testCluster(tell);
    console.log(failed === 0 ? '\nAll checks passed.' : `\n${failed} checks failed.`);
    if (failed > 0) process.exitCode = 1;
  });

program
  .command('down')
  .description(
    'ends the cluster; nothing of it is left on the machine but what .cache/cluster keeps for the next one',
  )
  .action(clusterDown);

try {
  await program.parseAsync();
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 9) return value;
  throw new InvalidArgumentError('a whole number from 1 to 9 is wanted');
}
