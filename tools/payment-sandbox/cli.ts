#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { startPaymentSandbox } from './server.ts';

interface Flags {
  port: number;
  host: string;
  dataDir: string;
  publicUrl?: string;
  merchantName: string;
  webhook: { url: string; secret: string }[];
  journal?: string;
}

const program = new Command('payment-sandbox')
  .description(
    'A stand-in for Stripe: the part of its API that Souk uses, test cards and a hosted payment page.',
  )
  .addOption(
    new Option('-p, --port <number>', 'port to listen on, 0 for a free one')
      .env('SANDBOX_PORT')
      .default(4010)
      .argParser(port),
  )
  .addOption(new Option('--host <address>', 'address to listen on').env('SANDBOX_HOST').default('127.0.0.1'))
  .addOption(
    new Option('-d, --data-dir <folder>', 'where the state is kept')
      .env('SANDBOX_DATA_DIR')
      .default('.souk/payment-sandbox'),
  )
  .addOption(new Option('--public-url <url>', 'where browsers reach the pages').env('SANDBOX_PUBLIC_URL'))
  .addOption(
    new Option('--merchant-name <name>', 'shown on the pages').env('SANDBOX_MERCHANT_NAME').default('Souk'),
  )
  .addOption(
    new Option(
      '-w, --webhook <url,secret>',
      'an endpoint for events, and the secret that signs them; may be repeated',
    )
      .env('SANDBOX_WEBHOOKS')
      .default([])
      .argParser(webhook),
  )
  .addOption(
    new Option('--journal <file>', 'append every call of the API and its answer to this file').env(
      'SANDBOX_JOURNAL',
    ),
  )
  .addHelpText(
    'after',
    `
In SANDBOX_WEBHOOKS, endpoints are separated by spaces.

Examples:
  $ node tools/payment-sandbox/cli.ts
  $ node tools/payment-sandbox/cli.ts -p 4010 -w http://localhost:4000/webhooks/stripe,whsec_dev
  $ curl -u sk_test_x: http://127.0.0.1:4010/v1/payment_intents -d amount=4200 -d currency=usd

Any key that starts with sk_test_ will do for servers, any that starts with pk_test_ for browsers, whose script is
at /v3/stripe.js. What it speaks, its cards and its faults: docs/payment-sandbox.md`,
  )
  .parse();

const flags = program.opts<Flags>();

try {
  const sandbox = await startPaymentSandbox({
    port: flags.port,
    host: flags.host,
    dataDir: flags.dataDir,
    ...(flags.publicUrl !== undefined && { publicUrl: flags.publicUrl }),
    merchantName: flags.merchantName,
    ...(flags.journal !== undefined && { journal: flags.journal }),
    webhooks: flags.webhook,
    logger: true,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
  console.log(
    `Payment sandbox on ${sandbox.url} (state in ${flags.dataDir}, ${flags.webhook.length} webhook endpoints)`,
  );
} catch (error) {
  console.error(`The payment sandbox cannot start: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

function port(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535)
    throw new InvalidArgumentError('It must be a whole number up to 65535.');
  return number;
}

function webhook(value: string, before: Flags['webhook']): Flags['webhook'] {
  const added = value
    .split(/\s+/)
    .filter(Boolean)
    .map((entry) => {
      const comma = entry.lastIndexOf(',');
      const [url, secret] = [entry.slice(0, comma), entry.slice(comma + 1)];
      if (comma < 0 || secret === '' || !URL.canParse(url)) {
        throw new InvalidArgumentError(
          'Give an address and a secret, such as http://localhost:4000/webhooks/stripe,whsec_dev',
        );
      }
      return { url, secret };
    });
  return [...before, ...added];
}
