import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Shop } from '../testing/start-shop.ts';
import { newVisitor, viewports } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Colours that are still on their way from one scheme to the other would be measured half-way. */
const endTransitions =
  'document.getAnimations().forEach((each) => each instanceof CSSTransition && each.finish())';

/** What is wrong with the page, one line each: what axe finds, and that it is wider than the window, so that people scroll sideways. */
export async function faults(page: Page): Promise<string[]> {
  return faultsIn(page, 'axe.run()');
}

/** Somebody who looks at what is wrong with each page they come to, as everybody else would see it. */
export async function createReviewer(browser: Browser, { shopUrl }: Pick<Shop, 'shopUrl'>) {
  const page = await (await newVisitor(browser)).newPage();
  page.setDefaultTimeout(30_000);
  const found: string[] = [];
  const look = async () => {
    found.push(...(await faultsInAllLooks(page)));
  };
  const visit = async (...paths: readonly string[]) => {
    for (const path of paths) {
      await page.goto(new URL(path, shopUrl).href);
      await look();
    }
  };
  return { page, found, look, visit };
}

/** What is wrong with the page on phones and desktops, and in the dark. The page is left as it was: on a desktop, in light. */
async function faultsInAllLooks(page: Page): Promise<string[]> {
  await page.setViewportSize(viewports.phone);
  const onPhone = await faults(page);
  await page.setViewportSize(viewports.desktop);
  const onDesktop = await faults(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(endTransitions);
  // all but the colours is the same
  const inDark = await faultsIn(page, "axe.run({ runOnly: ['color-contrast'] })");
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(endTransitions);
  return [
    ...onPhone.map((fault) => `phone: ${fault}`),
    ...onDesktop.map((fault) => `desktop: ${fault}`),
    ...inDark.map((fault) => `dark: ${fault}`),
  ];
}

async function faultsIn(page: Page, run: string): Promise<string[]> {
  const { pathname } = new URL(page.url());
  await page.evaluate(axe);
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(run);
  const isTooWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
  return [
    ...(isTooWide ? [`${pathname}: wider than the window`] : []),
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${pathname}: ${id} at ${node.target.join(' ')}`),
    ),
  ];
}
