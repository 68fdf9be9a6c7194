import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
let shop: TestDomain;

beforeAll(async () => {
  shop = await createTestDomain();
});
afterAll(async () => {
  await shop.close();
});

async function souk(args: string[], stdin?: string): Promise<string> {
  const running = run(process.execPath, [join(import.meta.dirname, 'souk.ts'), ...args], {
    env: { ...process.env, ...shop.env },
  });
  running.child.stdin?.end(stdin);
  return (await running).stdout;
}

async function rolesOf(email: string): Promise<string[]> {
  const rows = await shop.ctx.db
    .selectFrom('user_roles as granted')
    .innerJoin('users as user', 'user.id', 'granted.user_id')
    .select('granted.role')
    .where('user.email', '=', email)
    .execute();
  return rows.map(({ role }) => role);
}

describe('souk user create', () => {
  test('makes the first admin one who can grant roles, and the next an admin', async () => {
    const first = await souk(['user', 'create', '--admin', '--email', 'First@Example.com ']);
    expect(first).toMatch(/first@example\.com can log in as super admin at .*\/login\.\nPassword: \S{20}\n/);
    expect(await rolesOf('first@example.com')).toEqual(['super_admin']);
    await souk(['user', 'create', '--admin', '--email', 'second@example.com']);
    expect(await rolesOf('second@example.com')).toEqual(['admin']);
  });

  test('takes a password from standard input, and does not say it', async () => {
    const password = 'market square at noon';
    const said = await souk(
      ['user', 'create', '--email', 'piped@example.com', '--password-stdin'],
      `${password}\n`,
    );
    expect(said).not.toContain(password);
    const row = await shop.ctx.db
      .selectFrom('users')
      .select('password_hash')
      .where('email', '=', 'piped@example.com')
      .executeTakeFirstOrThrow();
    expect(row.password_hash).toMatch(/^\$argon2id\$/);
  });

  test('grants a role to somebody who is there already, whose password stays', async () => {
    await souk(['user', 'create', '--email', 'there@example.com']);
    expect(await souk(['user', 'create', '--email', 'there@example.com', '--role', 'support'])).toContain(
      'stays',
    );
    expect(await souk(['user', 'create', '--email', 'there@example.com', '--role', 'support'])).toContain(
      'Nothing was changed',
    );
    expect(await rolesOf('there@example.com')).toEqual(['support']);
  });

  test.each([
    [['--email', 'no-address'], undefined, 'Enter an e-mail address'],
    [['--email', 'short@example.com', '--password-stdin'], 'short', 'shorter than 8'],
    [['--email', 'common@example.com', '--password-stdin'], 'password123', 'try it first'],
    [['--email', 'x@example.com', '--role', 'god'], undefined, 'Allowed choices'],
  ])('refuses %j', async (args, stdin, said) => {
    await expect(souk(['user', 'create', ...args], stdin)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(said),
    });
  });
});
