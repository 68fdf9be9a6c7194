import { expect, test } from 'vitest';
import { z } from 'zod';
import { findTool } from '../go/go-tools.ts';
import { run, template, valuesNames } from './helm.ts';

/** Checks of kube-score that are off everywhere, and why. */
const ignored = {
  // tags and digests are never moved, so asking the registry at each start gains nothing and adds a way to fail
  'container-image-pull-policy': '--ignore-test=container-image-pull-policy',
  // a CPU limit throttles a program in the middle of a request; requests share the CPU fairly without it
  'CPU limit': '--ignore-container-cpu-limit',
};

/** Findings that are let pass for one object. */
const allowed = [
  // the user of the postgres image, in development alone
  { object: 'StatefulSet/souk-postgres', check: 'container-security-context-user-group-id' },
  // whether its port is open is all that can be asked without a client in the image
  { object: 'StatefulSet/souk-postgres', check: 'pod-probes-identical' },
  // its pods are made by CloudNativePG, so kube-score does not see them
  { object: 'NetworkPolicy/souk-postgres', check: 'networkpolicy-targets-pod' },
];

const scores = z.array(
  z.object({
    object_meta: z.object({ name: z.string() }),
    type_meta: z.object({ kind: z.string() }),
    checks: z.array(
      z.object({
        check: z.object({ id: z.string() }),
        grade: z.number(),
        skipped: z.boolean(),
        comments: z.array(z.object({ path: z.string(), summary: z.string() })).nullable(),
      }),
    ),
  }),
);

const CRITICAL = 1;

async function findings(yaml: string): Promise<{ object: string; check: string; says: string[] }[]> {
  const { stdout } = await run(
    findTool('kube-score'),
    ['score', '-', '--output-format', 'json', '--kubernetes-version', 'v1.33', ...Object.values(ignored)],
    yaml,
  );
  return scores.parse(JSON.parse(stdout)).flatMap(({ object_meta, type_meta, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade <= CRITICAL)
      .map(({ check, comments }) => ({
        object: `${type_meta.kind}/${object_meta.name}`,
        check: check.id,
        says: (comments ?? []).map(({ path, summary }) => `${path} ${summary}`),
      })),
  );
}

// kube-score knows no Argo Rollouts: the same pods as Deployments
const asDeployments = { rollout: { strategy: 'none' } };

test.each(valuesNames)('kube-score finds nothing critical in values of %s', async (values) => {
  const { stdout } = await template({ values, set: asDeployments });
  const found = (await findings(stdout)).filter(
    (finding) => !allowed.some(({ object, check }) => object === finding.object && check === finding.check),
  );
  expect(found).toEqual([]);
});

test('it would find a container that may become root', async () => {
  const { stdout } = await template({ set: asDeployments });
  const found = await findings(
    stdout.replaceAll('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'),
  );
  expect(found.map(({ check }) => check)).toContain('container-security-context-readonlyrootfilesystem');
});
