import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createLogger, guest, system, withActor } from '../kernel/index.ts';
import { createTestDomain, type TestDomain } from '../testing/index.ts';
import { deadMails, retryDeadMails } from './dead-mails.ts';
import { queueMail } from './queue-mail.ts';
import { sendMailJob } from './send-mail.ts';
import { dropOldMails, reviveAbandonedMails } from './sweep-mails.ts';
import { type SmtpServer, startSmtpServer } from './testing/smtp-server.ts';

let smtp: SmtpServer;
let shop: TestDomain;
beforeAll(async () => {
  smtp = await startSmtpServer();
  shop = await createTestDomain({ env: { SMTP_URL: smtp.url } });
});
afterEach(async () => {
  smtp.answerToRecipient = '250 fine';
  smtp.taken.length = 0;
  await shop.ctx.db.deleteFrom('mails').execute();
  await sql`delete from graphile_worker._private_jobs`.execute(shop.ctx.db);
});
afterAll(async () => {
  await shop?.close();
  await smtp?.stop();
});

const to = 'ada.lovelace@example.com';
const url = 'http://shop.test/reset-password/a-very-secret-token';
const resetPassword = { template: 'reset-password', to, locale: 'de', data: { name: 'Ada', url } } as const;

const theMail = () => shop.ctx.db.selectFrom('mails').selectAll().executeTakeFirstOrThrow();

async function retryNow(): Promise<void> {
  await sql`update graphile_worker._private_jobs set run_at = now()`.execute(shop.ctx.db);
  await shop.runJobs();
}

test('goes out once, whole, and leaves nothing readable behind', async () => {
  await queueMail(shop.ctx, resetPassword);
  const queued = await theMail();
  expect(JSON.stringify(queued)).not.toMatch(/ada|secret-token/i);
  await shop.runJobs();
  expect(smtp.taken).toHaveLength(1);
  expect(smtp.taken[0]).toMatch(/^To: ada\.lovelace@example\.com$/m);
  expect(smtp.taken[0]).toMatch(new RegExp(`^Message-ID: <${queued.id}@shop\\.test>$`, 'm'));
  expect(smtp.taken[0]).toMatch(/^Auto-Submitted: auto-generated$/m);
  expect(await theMail()).toMatchObject({ status: 'sent', sealed: null, attempts: 1, claimed_until: null });
});

const caught = z.object({
  messages: z.array(
    z.object({ to: z.array(z.string()), subject: z.string(), text: z.string(), html: z.string() }),
  ),
});

test('can be read in the mailbox of development, hostile name and all', async () => {
  const { SMTP_URL = '', MAILBOX_URL = '' } = process.env;
  const development = await createTestDomain({ env: { SMTP_URL, MAILBOX_URL } });
  try {
    const recipient = `ada-${crypto.randomUUID()}@example.com`;
    const provider = '<b onclick="alert(1)">Gögle</b>\r\nBcc: eve@example.com';
    await queueMail(development.ctx, {
      template: 'oauth-linked',
      to: recipient,
      locale: 'en',
      data: { name: 'Ada', provider, securityUrl: 'http://shop.test/account/security?a=1&b=2' },
    });
    await development.runJobs();
    const mailbox = caught.parse(await (await fetch(`${MAILBOX_URL}/messages`)).json());
    const mails = mailbox.messages.filter((mail) => mail.to.includes(recipient));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual([recipient]);
    expect(mails[0]?.subject).toMatch(/^<b onclick="alert\(1\)">Gögle<\/b> Bcc: eve@example\.com now opens/);
    expect(mails[0]?.html).not.toContain('<b onclick');
    expect(mails[0]?.html).toContain('href="http://shop.test/account/security?a=1&amp;b=2"');
    expect(mails[0]?.text).toContain('\nhttp://shop.test/account/security?a=1&b=2\n');
  } finally {
    await development.close();
  }
});

test('exists exactly when the change does that wants it, and once for a key', async () => {
  const mail = { ...resetPassword, key: 'reset:1' };
  await expect(
    shop.ctx.transaction(async (tx) => {
      await queueMail(tx, mail);
      throw new Error('changed its mind');
    }),
  ).rejects.toThrow('changed its mind');
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => queueMail(shop.ctx, mail)));
  expect(outcomes.filter(Boolean)).toHaveLength(1);
  await shop.runJobs();
  expect(await queueMail(shop.ctx, mail)).toBe(false);
  await shop.runJobs();
  expect(smtp.taken).toHaveLength(1);
  expect(smtp.taken[0]).toMatch(/^Message-ID: <reset\.1@shop\.test>$/m);
});

test.each([
  'ada',
  'ada@example.com, eve@example.com',
  'Ada <ada@example.com>',
  'ada@example.com\r\nBcc: e@x.y',
])('is not queued to %j', async (address) => {
  const refusal = await queueMail(shop.ctx, { ...resetPassword, to: address }).catch(
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({ code: 'invalid_input' });
  expect(String(refusal)).not.toContain('ada@');
});

test('is sent once by a hundred workers', async () => {
  await queueMail(shop.ctx, resetPassword);
  const { id } = await theMail();
  const run = { attempt: 1, isLastAttempt: false, setAside() {} };
  await Promise.all(Array.from({ length: 100 }, () => sendMailJob.handle(shop.ctx, { mailId: id }, run)));
  expect(smtp.taken).toHaveLength(1);
});

test('waits while the server is away', async () => {
  await smtp.stop();
  await queueMail(shop.ctx, resetPassword);
  await shop.runJobs();
  expect(await theMail()).toMatchObject({
    status: 'queued',
    attempts: 1,
    last_error: expect.stringMatching(/^the mail server at CONN failed with E/),
    claimed_until: null,
  });
  await smtp.start();
  await retryNow();
  expect(smtp.taken).toHaveLength(1);
  expect(await theMail()).toMatchObject({ status: 'sent', attempts: 2, last_error: null });
});

test('is given up after the last try, can be listed, and goes out when retried', async () => {
  smtp.answerToRecipient = '451 4.2.1 <ada.lovelace@example.com> is over quota';
  await queueMail(shop.ctx, resetPassword);
  await shop.runJobs();
  for (let attempt = 2; attempt <= 12; attempt += 1) {
    expect(await theMail()).toMatchObject({ status: 'queued', attempts: attempt - 1 });
    await retryNow();
  }
  const dead = await deadMails(shop.ctx);
  expect(dead).toEqual([
    {
      id: expect.any(String),
      template: 'reset-password',
      locale: 'de',
      attempts: 12,
      lastError: 'the mail server at RCPT TO failed with 451 4.2.1',
      createdAt: expect.any(Date),
    },
  ]);
  await retryNow();
  expect(await theMail()).toMatchObject({ status: 'dead', attempts: 12 });
  smtp.answerToRecipient = '250 fine';
  expect(await retryDeadMails(shop.ctx, 'new-device')).toBe(0);
  expect(await retryDeadMails(shop.ctx)).toBe(1);
  await shop.runJobs();
  expect(smtp.taken).toHaveLength(1);
  expect(await theMail()).toMatchObject({ status: 'sent', sealed: null });
});

test('is given up at once when the recipient is refused for good, and nobody is told whom', async () => {
  smtp.answerToRecipient = '550 5.1.1 <ada.lovelace@example.com>: no such user ada.lovelace';
  await queueMail(shop.ctx, resetPassword);
  const { id } = await theMail();
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const logger = createLogger({ name: 'test', level: 'trace', destination });
  const ctx = withActor(shop.ctx, system, logger);
  await sendMailJob.handle(ctx, { mailId: id }, { attempt: 1, isLastAttempt: false, setAside() {} });
  const mail = await theMail();
  expect(mail).toMatchObject({ status: 'dead', attempts: 1 });
  expect(lines.join('')).toContain('a mail is set aside as dead');
  expect(lines.join('') + JSON.stringify(mail)).not.toMatch(/lovelace|secret-token/);
});

test('tells the queue no address either', async () => {
  smtp.answerToRecipient = '450 <ada.lovelace@example.com> try later';
  await queueMail(shop.ctx, resetPassword);
  await shop.runJobs();
  const jobs = await sql`select * from graphile_worker._private_jobs`.execute(shop.ctx.db);
  expect(JSON.stringify(jobs.rows)).toContain('RCPT TO failed with 450');
  expect(JSON.stringify(jobs.rows)).not.toMatch(/lovelace|secret-token/);
});

test('is taken up again when whoever sent it died', async () => {
  await queueMail(shop.ctx, resetPassword);
  await sql`delete from graphile_worker._private_jobs`.execute(shop.ctx.db);
  const claimed = (date: Date) => shop.ctx.db.updateTable('mails').set({ claimed_until: date }).execute();
  await claimed(new Date(Date.now() + 60_000));
  expect(await reviveAbandonedMails(shop.ctx)).toBe(0);
  await claimed(new Date(Date.now() - 1_000));
  expect(await reviveAbandonedMails(shop.ctx)).toBe(1);
  await shop.runJobs();
  expect(smtp.taken).toHaveLength(1);
  expect(await reviveAbandonedMails(shop.ctx)).toBe(0);
});

test('of another row is not opened', async () => {
  await queueMail(shop.ctx, resetPassword);
  const { sealed } = await theMail();
  await shop.ctx.db.deleteFrom('mails').execute();
  await queueMail(shop.ctx, { ...resetPassword, to: 'eve@example.com' });
  await shop.ctx.db.updateTable('mails').set({ sealed }).execute();
  await shop.runJobs();
  expect(smtp.taken).toEqual([]);
  expect(await theMail()).toMatchObject({ last_error: expect.stringContaining('cannot be opened') });
});

test('is forgotten when it was sent long ago', async () => {
  await queueMail(shop.ctx, resetPassword);
  await shop.runJobs();
  expect(await dropOldMails(shop.ctx)).toBe(0);
  const daysAgo = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
  await shop.ctx.db.updateTable('mails').set({ sent_at: daysAgo }).execute();
  expect(await dropOldMails(shop.ctx)).toBe(1);
});

test('the list of the dead is for staff', async () => {
  const stranger = withActor(shop.ctx, guest);
  await expect(deadMails(stranger)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(retryDeadMails(stranger)).rejects.toMatchObject({ code: 'unauthenticated' });
});
