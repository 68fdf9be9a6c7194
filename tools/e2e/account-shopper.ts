import { createDomain } from '@souk/domain/app';
import { createUser, type NewUser } from '@souk/domain/identity';
import { createLogger, loadDomainConfig, system } from '@souk/domain/kernel';
import type { BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';
import type { Shop } from '../testing/start-shop.ts';

export const PASSWORD = 'a quiet market morning';

/** Somebody who has an account with the password above. */
export async function createAccount(
  shop: Shop,
  email: string,
  options: { name?: string; role?: NewUser['role'] } = {},
): Promise<void> {
  const domain = createDomain(loadDomainConfig(shop.env), {
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  const { name = 'Ada Lovelace', role = null } = options;
  try {
    await createUser(domain.context({ actor: system }), { email, name, password: PASSWORD, role });
  } finally {
    await domain.close();
  }
}

/** Logs in on the page for it. */
export async function logIn(
  page: Page,
  shop: Shop,
  email: string,
  password = PASSWORD,
  returnTo = '/account',
): Promise<void> {
  await page.goto(new URL(`/login?${new URLSearchParams({ returnTo })}`, shop.shopUrl).href);
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('main form').getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === new URL(returnTo, shop.shopUrl).pathname);
}

/** The session's token in a browser; undefined when nobody is logged in. */
export async function sessionOf(context: BrowserContext, shop: Shop): Promise<string | undefined> {
  const cookies = await context.cookies(shop.shopUrl);
  return cookies.find(({ name }) => name === 'souk_session')?.value || undefined;
}

const mailList = z.object({
  messages: z.array(z.object({ id: z.string(), to: z.array(z.string()), subject: z.string() })),
});
const mail = z.object({ text: z.string() });

/** Waits for the latest mail to somebody whose subject fits. @returns its text */
export async function mailTo(shop: Shop, email: string, subject: RegExp): Promise<string> {
  const giveUpAt = Date.now() + 40_000;
  while (Date.now() < giveUpAt) {
    const { messages } = mailList.parse(await (await fetch(`${shop.mailboxUrl}/messages`)).json());
    const found = messages.find(({ to, subject: of }) => to.includes(email) && subject.test(of));
    if (found) return mail.parse(await (await fetch(`${shop.mailboxUrl}/messages/${found.id}`)).json()).text;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail to ${email} about ${subject}`);
}

/** The first link of a mail to the page of that path. */
export function linkIn(text: string, path: string): string {
  const link = text.match(new RegExp(`https?://[^\\s<>"]*${path}[^\\s<>")\\]]+`))?.[0];
  if (!link) throw new Error(`no link to ${path} in: ${text}`);
  return link;
}
