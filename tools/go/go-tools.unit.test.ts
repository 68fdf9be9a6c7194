import { expect, test } from 'vitest';
import { findTool, listGoTools, toolsOfModule } from './go-tools.ts';

test('reads the tool directives of a go.mod, in a block or alone', () => {
  expect(toolsOfModule('module a\n\ntool (\n\tb.c/d\n\te.f/g/v2\n)\n\nrequire x.y/z v1.0.0\n')).toEqual([
    'b.c/d',
    'e.f/g/v2',
  ]);
  expect(toolsOfModule('module a\n\ntool b.c/d\n')).toEqual(['b.c/d']);
  expect(toolsOfModule('module a\n')).toEqual([]);
});

test('names the tools as Go names their commands', () => {
  const names = listGoTools().map((tool) => tool.name);
  expect(names).toEqual(expect.arrayContaining(['helm', 'k6', 'kubeconform', 'kube-score', 'stripe-mock']));
});

test('a tool that is not there tells how to get it', () => {
  expect(() => findTool('no-such-tool')).toThrow(/npm run tools:install -- no-such-tool/);
});
