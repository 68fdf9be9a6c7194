import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail server for tests that answers as it is told. */
export interface SmtpServer {
  readonly url: string;
  /** The mails it took, as they came over the wire. */
  readonly taken: string[];
  /** What it says to a recipient, such as `550 5.1.1 no such user`. */
  answerToRecipient: string;
  /** Goes away, breaking off every conversation. */
  stop(): Promise<void>;
  /** Comes back at the same address. */
  start(): Promise<void>;
}

/** Speaks as much SMTP (RFC 5321) as it takes to receive mail, on a free port. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const sockets = new Set<Socket>();
  const taken: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    converse(socket, taken, () => smtp.answerToRecipient);
  });
  let port = 0;
  const smtp: SmtpServer = {
    get url() {
      return `smtp://127.0.0.1:${port}`;
    },
    taken,
    answerToRecipient: '250 fine',
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
    async start() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address !== null && typeof address === 'object') port = address.port;
    },
  };
  await smtp.start();
  return smtp;
}

function converse(socket: Socket, taken: string[], answerToRecipient: () => string): void {
  let mail: string[] | null = null;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 test');
  createInterface({ input: socket }).on('line', (line) => {
    if (mail !== null) {
      if (line !== '.') mail.push(line);
      else {
        taken.push(mail.join('\n'));
        mail = null;
        say('250 taken');
      }
    } else if (/^DATA/i.test(line)) {
      mail = [];
      say('354 go on');
    } else if (/^RCPT/i.test(line)) say(answerToRecipient());
    else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
    else say('250 fine');
  });
}
