import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { conform } from '../charts/conform.ts';
import { repository } from '../stack/paths.ts';

const folder = join(repository, 'k8s');

/** Kinds whose definitions are not to be had as a Go module: nothing says here that they are right. */
const unknownKinds = new Set(['WebACL', 'Distribution']);

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => join(directory, path));
}

const manifests = ['karpenter', 'argocd', 'aws', 'platform/resources'].flatMap((part) =>
  filesUnder(join(folder, part)),
);

const object = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });

function objectsOf(path: string) {
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => object.parse(document.toJS()));
}

describe('what Argo CD applies to the cluster of production', () => {
  test.each(manifests.map((path) => relative(folder, path)))('%s is taken', async (path) => {
    const objects = objectsOf(join(folder, path));
    const known = objects.filter(({ kind }) => !unknownKinds.has(kind));
    const { resources, summary } = await conform(
      '1.35',
      known.map((one) => JSON.stringify(one)).join('\n---\n'),
    );
    expect(resources).toEqual([]);
    expect(summary).toEqual({ valid: known.length, invalid: 0, errors: 0, skipped: 0 });
  });

  test('a field that does not exist is found', async () => {
    const [bucket] = objectsOf(join(folder, 'aws/media.yaml'));
    const wrong = JSON.stringify(bucket).replace('publicAccessBlock', 'publicAccess');
    expect((await conform('1.35', wrong)).summary.invalid).toBe(1);
  });
});

const element = z.object({ name: z.string(), namespace: z.string() });
const generators = z.looseObject({
  spec: z.looseObject({ generators: z.array(z.object({ list: z.object({ elements: z.array(element) }) })) }),
});

test('there are values for each chart of the platform, and none for a chart that is not there', () => {
  const [platform] = objectsOf(join(folder, 'argocd/apps/platform.yaml'));
  const names = generators
    .parse(platform)
    .spec.generators.flatMap(({ list }) => list.elements.map(({ name }) => `${name}.yaml`));
  const values = readdirSync(join(folder, 'platform')).filter((name) => name.endsWith('.yaml'));
  expect(values.toSorted()).toEqual(names.toSorted());
});

test('data outlive the objects that made them', () => {
  const kinds = ['DBCluster', 'DBInstance', 'Bucket'];
  const data = filesUnder(join(folder, 'aws'))
    .flatMap(objectsOf)
    .filter(({ kind }) => kinds.includes(kind));
  expect(data.length).toBeGreaterThanOrEqual(4);
  for (const { metadata } of data) {
    expect(metadata).toMatchObject({ annotations: { 'services.k8s.aws/deletion-policy': 'retain' } });
  }
});
