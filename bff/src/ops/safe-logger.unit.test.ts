import { expect, test } from 'vitest';
import { createSafeLogger } from './safe-logger.ts';

test('errors are logged by what names the fault, without the rows that they carry', () => {
  const lines: string[] = [];
  const logger = createSafeLogger({
    name: 'test',
    level: 'info',
    destination: { write: (line) => void lines.push(line) },
  });
  const cause = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    constraint: 'customers_email_key',
    detail: 'Key (email)=(ada@example.com) already exists.',
  });
  logger.child({ requestId: 'r1' }).error({ err: new Error('not saved', { cause }) }, 'failed');
  const [line = ''] = lines;
  expect(line).not.toContain('ada@example.com');
  expect(JSON.parse(line)).toMatchObject({
    requestId: 'r1',
    err: {
      message: 'not saved',
      stack: expect.stringContaining('safe-logger.unit.test.ts'),
      cause: { code: '23505', constraint: 'customers_email_key' },
    },
  });
});
