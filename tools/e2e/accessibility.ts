import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong with the page, one line each: what axe finds, and that it is wider than the window, so that people scroll sideways. */
export async function faults(page: Page): Promise<string[]> {
  const { pathname } = new URL(page.url());
  await page.evaluate(axe);
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>('axe.run()');
  const isTooWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
  return [
    ...(isTooWide ? [`${pathname}: wider than the window`] : []),
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${pathname}: ${id} at ${node.target.join(' ')}`),
    ),
  ];
}
