import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Shop, startShop } from '../testing/start-shop.ts';
import { launchBrowser, newVisitor, viewports } from './browser.ts';

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([startShop({ seedSize: 60 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

/** Notes what moves on a page by itself, and how far. */
const watch = `
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries()) {
      for (const { node, previousRect, currentRect } of sources) {
        const by = Math.abs(previousRect.y - currentRect.y);
        if (by > 2) window.moved.push((node?.textContent ?? '').trim().slice(0, 40) + ' by ' + by);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
`;

test.each(Object.keys(viewports) as (keyof typeof viewports)[])(
  'nothing jumps away under a finger when scripts take over: %s',
  async (viewport) => {
    const context = await newVisitor(browser, { viewport });
    await context.addInitScript(watch);
    const page = await context.newPage();
    await page.goto(shop.shopUrl);
    const product = await page.locator('main a[href^="/p/"]').first().getAttribute('href');
    for (const path of ['/', product ?? '', '/search?q=mug', '/c/apparel', '/cart', '/login', '/register']) {
      await page.goto(new URL(path, shop.shopUrl).href);
      await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
      await page.waitForTimeout(300);
      expect({ path, moved: z.array(z.string()).parse(await page.evaluate('window.moved')) }).toEqual({
        path,
        moved: [],
      });
    }
    await context.close();
  },
);
