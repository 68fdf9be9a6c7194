import { join } from 'node:path';
import { z } from 'zod';
import { findTool } from '../go/go-tools.ts';
import { run } from './helm.ts';
import { type KubernetesMinor, kubernetesSchemas, operatorSchemas, schemaFileTemplate } from './schemas.ts';

const answer = z.object({
  resources: z
    .array(z.object({ kind: z.string(), name: z.string(), status: z.string(), msg: z.string() }))
    .default([]),
  summary: z.object({ valid: z.number(), invalid: z.number(), errors: z.number(), skipped: z.number() }),
});

/** What kubeconform says of manifests: the objects that it does not take, and how many of each sort there were. */
export async function conform(minor: KubernetesMinor, yaml: string): Promise<z.infer<typeof answer>> {
  const folders = [await kubernetesSchemas(minor), await operatorSchemas()];
  const locations = folders.flatMap((folder) => ['-schema-location', join(folder, schemaFileTemplate)]);
  const { stdout } = await run(
    findTool('kubeconform'),
    ['-strict', '-summary', '-output', 'json', '-kubernetes-version', `${minor}.0`, ...locations],
    yaml,
  );
  return answer.parse(JSON.parse(stdout));
}
