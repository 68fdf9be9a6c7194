import { join } from 'node:path';
import { kubectl } from '../kubectl.ts';
import { pidOf } from '../namespaces.ts';
import type { ClusterNode } from '../settings.ts';
import { localDirectory } from '../settings.ts';
import { run } from '../shell.ts';
import { deploySouk, firstTag, helm, namespace, seeded, startIngress } from '../souk.ts';
import type { Check, CheckedCluster } from './check.ts';
import { must } from './check.ts';

/** That Souk installs, and sells. */
export const shopChecks: readonly Check[] = [
  { claim: 'the chart installs into a restricted namespace without a warning', prove: installs },
  { claim: 'helm test passes', prove: helmTestPasses },
  {
    claim: 'a shopper buys through the ingress, without scripts',
    prove: (cluster) => buys(cluster, 'no scripts'),
  },
  { claim: 'a shopper buys through the ingress, with scripts', prove: (cluster) => buys(cluster, 'scripts') },
];

async function installs({ tell }: CheckedCluster): Promise<string> {
  const said = await deploySouk(firstTag);
  const warnings = said.split('\n').filter((line) => /warning/i.test(line));
  must(warnings.length === 0, warnings.join('\n'));
  await startIngress();
  await seeded();
  tell('  the shop is stocked');
  const pods = await kubectl([
    '-n',
    namespace,
    'get',
    'pods',
    '--field-selector=status.phase=Running',
    '-o',
    'name',
  ]);
  return `0 warnings, ${pods.trim().split('\n').length} pods run`;
}

async function helmTestPasses(): Promise<string> {
  const said = await helm(['test', 'souk', '--namespace', namespace, '--timeout', '5m']);
  const passed = said.match(/Phase:\s+Succeeded/g)?.length ?? 0;
  must(passed > 0, `no test of the chart was run:\n${said}`);
  return `${passed} passed`;
}

async function buys({ first }: CheckedCluster, how: 'scripts' | 'no scripts'): Promise<string> {
  const number = await buy(first, how);
  must(/^SK-/.test(number), `no order: ${number}`);
  return `order ${number}`;
}

/** Buys a mug with a browser within a node's network; answers the order's number. */
async function buy(node: ClusterNode, how: 'scripts' | 'no scripts'): Promise<string> {
  const script = join(localDirectory, 'checks', 'buy.ts');
  const command = [process.execPath, script, how === 'scripts' ? 'scripts' : 'plain'];
  const said = await run('nsenter', ['-t', String(pidOf(node)), '-n', '--', ...command], {
    timeout: 240_000,
  });
  return said.trim().split('\n').at(-1) ?? '';
}
