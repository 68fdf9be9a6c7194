import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startMailCatcher } from '../mail-catcher/mail-catcher.ts';
import { startPaymentSandbox } from '../payment-sandbox/server.ts';
import { openFreeInstance } from '../stack/instance.ts';
import { soukDirectory } from '../stack/paths.ts';
import { keepPort } from '../stack/ports.ts';
import { startStack } from '../stack/stack.ts';
import { prepareTemplate } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** how tests reach the stack */
    services: Readonly<Record<string, string>>;
  }
}

/**
 * Runs once before the integration tests: the embedded stack, a migrated template database, a mail catcher, a payment sandbox. Tests find
 * them in `process.env` (see integration-environment.ts): SOUK_TEST_DATABASE_URL (may create databases), SOUK_TEST_TEMPLATE (the database
 * to clone), REDIS_URL, MEILI_URL, MEILI_API_KEY, SMTP_URL, MAILBOX_URL, SOUK_TEST_SANDBOX_URL (it sends no webhooks).
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startStack(openFreeInstance(join(soukDirectory, 'test')), { durable: false });
  const mailDirectory = join(stack.instance.directory, 'mail');
  await rm(mailDirectory, { recursive: true, force: true });
  const mail = await startMailCatcher({
    directory: mailDirectory,
    smtpPort: await keepPort(),
    httpPort: await keepPort(),
  });
  const paymentDirectory = join(stack.instance.directory, 'payments');
  await rm(paymentDirectory, { recursive: true, force: true });
  const sandbox = await startPaymentSandbox({ port: 0, dataDir: paymentDirectory, webhooks: [] });
  const stop = async () => {
    await sandbox.close();
    await mail.stop();
    await stack.stop();
  };
  try {
    const { DATABASE_URL, ...stores } = stack.environment;
    const services = {
      ...stores,
      SOUK_TEST_DATABASE_URL: stack.databaseUrl,
      SOUK_TEST_TEMPLATE: await prepareTemplate(stack.databaseUrl, {
        isOurs: process.env.DATABASE_URL === undefined,
      }),
      SMTP_URL: mail.smtpUrl,
      MAILBOX_URL: mail.mailboxUrl,
      SOUK_TEST_SANDBOX_URL: sandbox.url,
    };
    project.provide('services', services);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
