import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the machine's Chromium; `CHROMIUM_PATH` names another one. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place));
  if (!executablePath) throw new Error('no Chromium here: apt-get install chromium, or set CHROMIUM_PATH');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const viewports = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
} as const;

export interface VisitorOptions {
  /** @default true */
  scripts?: boolean;
  /** @default 'desktop' */
  viewport?: keyof typeof viewports;
  /** @default 'light' */
  colourScheme?: 'light' | 'dark';
}

/** A browser of somebody who has never been here. */
export function newVisitor(browser: Browser, options: VisitorOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    javaScriptEnabled: options.scripts ?? true,
    viewport: viewports[options.viewport ?? 'desktop'],
    colorScheme: options.colourScheme ?? 'light',
    reducedMotion: 'reduce',
    locale: 'en-US',
  });
}
