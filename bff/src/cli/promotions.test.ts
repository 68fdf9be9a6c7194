import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDomain, mailsTo, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createProgram } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-promotions-'));
let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain();
  for (const [name, value] of Object.entries(shop.env)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  await shop?.close();
});

/** Runs a command in this process, on the database of the test. @returns what it prints */
async function souk(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(`${line}\n`));
  try {
    await createProgram().parseAsync(['node', 'souk', ...args]);
  } finally {
    log.mockRestore();
  }
  return printed.join('');
}

function documentOf(content: unknown): string {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test('souk promotions makes and lists promotions, and makes codes', async () => {
  expect(await souk('promotions', 'list')).toBe('There is no promotion.\n');
  const promotion = {
    name: 'Spring',
    label: '10 % off',
    trigger: 'code',
    action: { type: 'percent', percent: 10 },
    endsAt: '2031-01-01',
    maxUses: 9,
  };
  const made = await souk('promotions', 'create', '--file', documentOf({ promotion, codes: ['spring'] }));
  const [id = ''] = made.split(' ');
  const added = await souk('promotions', 'codes', id, '--count', '3', '--prefix', 'sp-', '--max-uses', '1');
  expect(added.trim().split('\n')).toEqual(
    Array.from({ length: 3 }, () => expect.stringMatching(/^SP-\w{10}$/)),
  );
  expect(await souk('promotions', 'codes', id, '--add', 'may, june')).toBe('MAY\nJUNE\n');
  expect(await souk('promotions', 'codes', id)).toMatch(/^SPRING\nSP-\w+ {2}1 uses left\n/);
  expect(await souk('promotions', 'list')).toContain(
    `${id}  active    Spring (SPRING, ${added.split('\n').slice(0, 2).join(', ')} and 3 more)  0 of 9 uses  until 2031-01-01`,
  );
});

test('what cannot be taken is said by its place', async () => {
  const wrong = documentOf({
    promotion: { name: '', label: 'x', trigger: 'code', action: { type: 'percent', percent: 400 } },
  });
  const failed = souk('promotions', 'create', '--file', wrong);
  await expect(failed).rejects.toThrow(/promotion\.name: .*promotion\.action\.percent: /s);
  await expect(souk('promotions', 'create', '--file', join(folder, 'none.json'))).rejects.toThrow(
    /There is no file/,
  );
});

test.each(['0', '-5', '1.999', 'ten', ''])('%s is no amount of a gift card', async (amount) => {
  const program = createProgram().configureOutput({ writeErr: () => {} });
  const issue = program.commands.find((command) => command.name() === 'gift-card')?.commands[0];
  issue?.exitOverride().configureOutput({ writeErr: () => {} });
  const args = ['node', 'souk', 'gift-card', 'issue', '--currency', 'USD', `--amount=${amount}`];
  await expect(program.parseAsync(args)).rejects.toThrow(/expected an amount/);
});

test('souk gift-card issues a card and tells its balance', async () => {
  const issued = await souk(
    ...['gift-card', 'issue', '--amount', '49.90', '--currency', 'EUR'],
    ...['--until', '2031-12-31', '--to', 'ada@example.com', '--locale', 'de'],
  );
  const [code = ''] = issued.split('\n');
  expect(code).toMatch(/^(\w{4}-){4}\w{4}$/);
  expect(await mailsTo(shop.ctx, 'ada@example.com')).toMatchObject([{ data: { code } }]);
  expect(await souk('gift-card', 'balance', code.toLowerCase())).toBe(
    `49.90 EUR left on the card ending in ${code.slice(-4)}, good until 2031-12-31.\n`,
  );
  await expect(souk('gift-card', 'balance', 'AAAA-BBBB-CCCC-DDDD')).rejects.toMatchObject({
    code: 'gift_card_invalid',
  });
});
