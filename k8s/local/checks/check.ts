import type { ClusterNode } from '../settings.ts';

/** Something that the cluster, or Souk in it, must do. */
export interface Check {
  /** as a claim, which is true or not */
  readonly claim: string;
  /** @returns the figures that prove it; throws when it is not so */
  readonly prove: (cluster: CheckedCluster) => Promise<string>;
}

export interface CheckedCluster {
  readonly nodes: readonly ClusterNode[];
  readonly first: ClusterNode;
  readonly tell: (line: string) => void;
}

/** Throws unless something is so. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** Runs checks one after the other, tells each with its figures, and answers how many failed. */
export async function runChecks(checks: readonly Check[], cluster: CheckedCluster): Promise<number> {
  let failed = 0;
  for (const { claim, prove } of checks) {
    const started = Date.now();
    const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
    try {
      const figures = await prove(cluster);
      cluster.tell(`✓ ${claim}: ${figures} (${seconds()})`);
    } catch (error) {
      failed += 1;
      cluster.tell(
        `✗ ${claim} (${seconds()})\n    ${error instanceof Error ? error.message.replaceAll('\n', '\n    ') : error}`,
      );
    }
  }
  return failed;
}
