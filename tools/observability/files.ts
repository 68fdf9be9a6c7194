import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { repository } from '../stack/paths.ts';

/** Where the chart keeps its rules, their tests and the dashboards. */
export const rulesDirectory = join(repository, 'charts/souk/rules');
export const ruleTestsDirectory = join(rulesDirectory, 'tests');
export const dashboardsDirectory = join(repository, 'charts/souk/dashboards');

const rule = z.union([
  z.strictObject({
    record: z.string(),
    expr: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({
    alert: z.string(),
    expr: z.string(),
    for: z.string().optional(),
    labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
    annotations: z.strictObject({
      summary: z.string(),
      description: z.string(),
      runbook_url: z.string(),
      dashboard: z.string(),
    }),
  }),
]);
export type Rule = z.infer<typeof rule>;
export type Alert = Extract<Rule, { alert: string }>;

const ruleFile = z.strictObject({
  groups: z.array(
    z.strictObject({ name: z.string(), interval: z.string().optional(), rules: z.array(rule) }),
  ),
});

const sample = z.object({ labels: z.string(), value: z.number() });
const testFile = z.object({
  tests: z.array(
    z.object({
      promql_expr_test: z.array(
        z.object({ expr: z.string(), eval_time: z.string(), exp_samples: z.array(sample) }),
      ),
    }),
  ),
});
export type RuleExpectation = z.infer<typeof testFile>['tests'][number]['promql_expr_test'][number];

/** The files of a folder with this ending, with their path. */
export function filesIn(directory: string, ending: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(directory, name));
}

/** All rules of the chart. @throws when a file has another shape: an alert without a severity or a runbook, say */
export function readRules(): Rule[] {
  return filesIn(rulesDirectory, '.yaml').flatMap((path) => {
    const { groups } = ruleFile.parse(parse(readFileSync(path, 'utf8')));
    return groups.flatMap(({ rules }) => rules);
  });
}

/** What the tests of the rules expect, query by query. */
export function readRuleExpectations(): RuleExpectation[] {
  return filesIn(ruleTestsDirectory, '.yaml').flatMap((path) => {
    const { tests } = testFile.parse(parse(readFileSync(path, 'utf8')));
    return tests.flatMap((test) => test.promql_expr_test);
  });
}
