import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { soukDirectory } from '../stack/paths.ts';
import { keepPort } from '../stack/ports.ts';
import { type MailCatcher, startMailCatcher } from './mail-catcher.ts';

let directory: string;
let catcher: MailCatcher;

beforeEach(async () => {
  mkdirSync(soukDirectory, { recursive: true });
  directory = mkdtempSync(join(soukDirectory, 'mail-test-'));
  catcher = await start();
});

afterEach(async () => {
  await catcher.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<MailCatcher> {
  return startMailCatcher({
    directory,
    smtpPort: await keepPort(),
    httpPort: await keepPort(),
  });
}

/** Speaks SMTP by hand, so that nothing stands between the test and the wire. */
async function send(...messages: string[]): Promise<void> {
  const { hostname, port } = new URL(catcher.smtpUrl);
  const socket = connect(Number(port), hostname);
  const replies = createInterface({ input: socket })[Symbol.asyncIterator]();
  const expectReply = async (code: string) => {
    const { value } = await replies.next();
    expect(value).toMatch(new RegExp(`^${code} `));
  };
  const say = async (line: string, code: string) => {
    socket.write(`${line}\r\n`);
    await expectReply(code);
  };
  await expectReply('220');
  await say('HELO test', '250');
  for (const message of messages) {
    await say('MAIL FROM:<orders@souk.example>', '250');
    await say('RCPT TO:<ada@example.com>', '250');
    await say('DATA', '354');
    await say(`${message.replaceAll('\n', '\r\n')}\r\n.`, '250');
  }
  await say('QUIT', '221');
  await once(socket, 'close');
}

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(catcher.mailboxUrl + path);
  return { status: response.status, body: await response.json() };
}

const Mailbox = z.object({ messages: z.array(z.object({ id: z.string(), subject: z.string() })) });

const confirmation = `From: Souk <orders@souk.example>
To: Ada <ada@example.com>, bob@example.com
Subject: =?utf-8?Q?Your_order_=E2=80=93_thank_you?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8

It is on its way.
--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>It is <b>on its way</b>=E2=80=A6</p>
--b--`;

test('shows what was mailed, decoded', async () => {
  await send(confirmation);
  const { body } = await get('/messages');
  expect(body).toEqual({
    messages: [
      {
        id: expect.any(String),
        messageId: '',
        from: 'orders@souk.example',
        to: ['ada@example.com', 'bob@example.com'],
        subject: 'Your order – thank you',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        text: expect.stringContaining('It is on its way.'),
        html: expect.stringContaining('<p>It is <b>on its way</b>…</p>'),
      },
    ],
  });
});

test('lists the newest first, gives one by its id, and forgets on demand', async () => {
  await send('Subject: first\n\n1', 'Subject: second\n\n2');
  await send('Subject: third\n\n3');
  const { messages } = Mailbox.parse((await get('/messages')).body);
  expect(messages.map(({ subject }) => subject)).toEqual(['third', 'second', 'first']);
  expect(await get(`/messages/${messages[1]?.id}`)).toMatchObject({
    status: 200,
    body: { subject: 'second' },
  });
  const deletion = await fetch(`${catcher.mailboxUrl}/messages`, { method: 'DELETE' });
  expect(deletion.status).toBe(204);
  expect(await get('/messages')).toEqual({ status: 200, body: { messages: [] } });
});

test.each(['/messages/none', '/messages/..%2F..%2Fpackage', '/other'])('answers 404 to %s', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test('keeps the mails over a restart, and at most 500', async () => {
  await send(...Array.from({ length: 510 }, (_, number) => `Subject: mail ${number}\n\n`));
  await catcher.stop();
  catcher = await start();
  expect(readdirSync(directory)).toHaveLength(500);
  expect(await get('/messages')).toMatchObject({ body: { messages: { 0: { subject: 'mail 509' } } } });
});
