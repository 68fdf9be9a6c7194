import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pendingDeliveries } from '@souk/domain/kernel';
import { createTestDomain, type TestDomain } from '@souk/domain/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** Each run of the command line starts a process. */
vi.setConfig({ testTimeout: 90_000 });

let test: TestDomain;
let directory: string;
beforeAll(async () => {
  test = await createTestDomain();
  directory = await mkdtemp(join(tmpdir(), 'souk-cli-'));
});
afterAll(async () => {
  await test.close();
  await rm(directory, { recursive: true, force: true });
});

/** Runs the operator's command line as an operator would. */
async function souk(args: readonly string[], env: Record<string, string> = test.env) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'souk.ts'), ...args], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, output };
}

const file = async (name: string, content: string | Buffer) => {
  await writeFile(join(directory, name), content);
  return name;
};

describe('souk import', () => {
  it('writes rejects that go in once they are put right', async () => {
    const header = 'Handle,Title,Option1 Name,Option1 Value,Variant Price';
    const name = await file(
      'shop.csv',
      `${header}\ngood,Good,,,5\nbad,"Bad, ""very""",Size,S,5\nbad,,,M,free\n`,
    );
    const first = await souk(['import', name, '--format', 'shopify']);
    expect(first.output).toMatch(/row 4, Variant Price: “free” is not an amount/);
    expect(first.code).toBe(2);
    const rejects = await readFile(join(directory, 'shop.csv.rejects.csv'), 'utf8');
    expect(rejects.split('\r\n')[0]).toBe(`${header},souk_row,souk_reason`);
    await file('mended.csv', rejects.replace('free', '6.50'));
    const second = await souk(['import', 'mended.csv', '--format', 'shopify']);
    expect(second.output).toMatch(/created +1/);
    expect(second.code).toBe(0);
    expect(await pendingDeliveries(test.ctx, 'search.index')).toBe(0);
  });

  it('reads a gzipped file by its mapping, and changes nothing in a dry run', async () => {
    const mapping = await file(
      'mapping.json',
      JSON.stringify({ handle: 'h', title: 't', variant: { sku: 'h', price: { from: 'p' } } }),
    );
    const name = await file('plain.csv.gz', gzipSync('h,t,p\ndry,Dry,1\nwet,Wet,x\n'));
    const args = ['import', name, '--format', 'csv', '--mapping', mapping];
    const dry = await souk([...args, '--dry-run']);
    expect(dry.code).toBe(2);
    expect(dry.output).toMatch(/nothing was changed/);
    expect(existsSync(join(directory, 'plain.csv.gz.rejects.csv'))).toBe(false);
    expect((await souk(args)).output).toMatch(/created +1/);
    expect((await souk(args)).output).toMatch(/unchanged +1/);
  });

  it('says plainly what is wrong with the command', async () => {
    const rows = `h,t,p\n${Array.from({ length: 2_000 }, (_, index) => `p${index},${randomUUID()},1\n`).join('')}`;
    const name = await file('truncated.csv.gz', gzipSync(Buffer.from(rows)).subarray(0, 2_000));
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['import', 'nowhere.csv', '--format', 'shopify'], /no file nowhere.csv/],
      [['import', name, '--format', 'csv'], /needs --mapping/],
      [['import', name, '--format', 'csv', '--mapping', 'mapping.json'], /breaks off/],
      [['import', name, '--format', 'xml'], /Allowed choices/],
      [['import', name, '--format', 'shopify', '--batch', '0'], /from 1 to 1000/],
    ];
    for (const [args, message] of cases) {
      const { code, output } = await souk(args);
      expect(output).toMatch(message);
      expect(code).toBe(1);
    }
    const lost = await souk(['check'], { ...test.env, SOUK_SECRET: 'short' });
    expect(lost.output).toMatch(/SOUK_SECRET is wrong/);
  });
});

describe('souk check', () => {
  it('finds a ledger that does not add up', async () => {
    expect((await souk(['check'])).code).toBe(0);
    const [variant] = await test.ctx.db.selectFrom('variants').select('id').limit(1).execute();
    await test.ctx.db
      .insertInto('stock_levels')
      .values({
        variant_id: variant?.id ?? '',
        location_id: '01900000-0000-7000-8000-000000000002',
        on_hand: 3,
        updated_at: new Date(),
      })
      .execute();
    const broken = await souk(['check']);
    expect(broken.output).toMatch(/BROKEN +the stock ledger/);
    expect(broken.code).toBe(2);
  });
});
