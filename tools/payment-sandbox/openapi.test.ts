import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from './api/operations.ts';
import { readJournal } from './testing/journal.ts';
import { readStripeDescription } from './testing/openapi.ts';
import { startStripeMock } from './testing/stripe-mock.ts';
import { startTestSandbox, type TestSandbox } from './testing/test-sandbox.ts';
import { walk } from './testing/walk.ts';

const mock = await startStripeMock();
const description = readStripeDescription();
afterAll(() => mock?.close());

let sandbox: TestSandbox;
let journal: string;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  journal = join(sandbox.dataDir, 'journal.jsonl');
  await sandbox.stop();
  sandbox = await startTestSandbox({ dataDir: sandbox.dataDir, journal });
  await walk(sandbox);
});
afterAll(() => sandbox.close());

/** What the sandbox speaks that Stripe's description does not have, because only Stripe.js calls it. */
const undescribed = ['confirmation_tokens.create', 'elements.sessions.retrieve'];

test('every operation is walked through', async () => {
  const served = (await readJournal(journal)).filter((entry) => entry.status < 400);
  const missed = operations.filter(({ method, path, name }) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
    return (
      !undescribed.includes(name) &&
      !served.some((entry) => entry.method === method && pattern.test(entry.path))
    );
  });
  expect(missed.map((operation) => operation.name)).toEqual([]);
});

test('every call is as Stripe describes it', async () => {
  const problems = (await readJournal(journal))
    .filter((entry) => !entry.isPublishable)
    .flatMap((entry) => description.problemsOfCall(entry).map((problem) => `${called(entry)}${problem}`));
  expect(problems).toEqual([]);
});

test.each([
  ['amuont=1', '.amuont: is not described'],
  ['amount=much', '.amount: is no integer'],
  ['amount[value]=1', '.amount: is no integer'],
  ['metadata=none', '.metadata: "none" is none of '],
  ['reason=whim', '.reason: "whim" is none of duplicate, fraudulent, requested_by_customer'],
  ['expand=charge', '.expand: is no list'],
])('what Stripe does not know is found: a refund with %s', async (parameters, problem) => {
  const [refund] = (await readJournal(journal)).filter((entry) => entry.path === '/v1/refunds');
  if (!refund) throw new Error('the walk makes no refund');
  expect(description.problemsOfCall({ ...refund, parameters })).toEqual([problem]);
});

test.skipIf(!mock)('stripe-mock takes every call that the sandbox takes', async () => {
  const entries = await readJournal(journal);
  expect(await mock?.refusalsOf(entries)).toEqual([]);
});

test.skipIf(!mock)('stripe-mock refuses what Stripe does not know', async () => {
  const entries = (await readJournal(journal)).filter((entry) => entry.path === '/v1/refunds').slice(0, 1);
  const wrong = entries.map((entry) => ({ ...entry, parameters: `${entry.parameters}&amuont=1` }));
  expect(await mock?.refusalsOf(wrong)).toHaveLength(1);
});

/** Younger than the description that is kept here; the SDK's types vouch for them. */
const younger: readonly RegExp[] = [
  /payment_record: is not described$/,
  /\.source: is not described$/,
  /allowed_payment_method_types: is not described$/,
  /electronic_commerce_indicator: is not described$/,
  /submission_method: is not described$/,
  /network_reason_code: is not described$/,
  /specified_commercial_transactions_act_url: is not described$/,
];

test('every answer is as Stripe describes it', async () => {
  const entries = (await readJournal(journal)).filter((entry) => !entry.isPublishable);
  const problems = entries.flatMap((entry) =>
    description
      .problemsOfAnswer(entry)
      .filter((problem) => !younger.some((pattern) => pattern.test(problem)))
      .map((problem) => `${called(entry)}${entry.status} ${problem}`),
  );
  expect([...new Set(problems)]).toEqual([]);
});

function called({ method, path }: { method: string; path: string }): string {
  return `${method} ${path.replaceAll(/_[A-Za-z0-9]{14,}/g, '_…')} `;
}
