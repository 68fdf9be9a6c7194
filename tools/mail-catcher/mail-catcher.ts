import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { type MessageStore, openMessageStore } from './message-store.ts';

export interface MailCatcherOptions {
  /** where the messages are kept, one `.eml` file each */
  directory: string;
  smtpPort: number;
  httpPort: number;
  /** this machine alone may reach it, unless an address says otherwise */
  host?: string;
}

export interface MailCatcher {
  /** for SMTP_URL */
  readonly smtpUrl: string;
  /** its JSON API: `GET /messages`, `GET /messages/:id`, `DELETE /messages` */
  readonly mailboxUrl: string;
  stop(): Promise<void>;
}

const largestMailBytes = 25_000_000;

/** Takes every mail and delivers none: what development and tests send can be read, and reaches nobody. */
export async function startMailCatcher(options: MailCatcherOptions): Promise<MailCatcher> {
  const { host = '127.0.0.1' } = options;
  const store = await openMessageStore(options.directory);
  const smtp = smtpServer(store);
  const http = createHttpServer((request, response) => {
    answer(store, request, response).catch((error: unknown) =>
      sendJson(response, 500, { error: String(error) }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    smtp.on('error', reject);
    smtp.listen(options.smtpPort, host, resolve);
  });
  await listen(http, options.httpPort, host);
  return {
    smtpUrl: `smtp://${host}:${options.smtpPort}`,
    mailboxUrl: `http://${host}:${options.httpPort}`,
    async stop() {
      http.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => http.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}

function smtpServer(store: MessageStore): SMTPServer {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: largestMailBytes,
    closeTimeout: 200,
    logger: false,
    onData(stream, _session, callback) {
      buffer(stream)
        .then((raw) => store.add(raw))
        .then((id) => callback(null, `kept as ${id}`), callback);
    },
  });
  // A client that breaks the connection off is no reason to end.
  server.on('error', () => {});
  return server;
}

async function answer(
  store: MessageStore,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://mailbox');
  const id = /^\/messages\/([^/]+)$/.exec(pathname)?.[1];
  if (request.method === 'GET' && pathname === '/messages') {
    sendJson(response, 200, { messages: await store.list() });
  } else if (request.method === 'DELETE' && pathname === '/messages') {
    await store.clear();
    response.writeHead(204).end();
  } else if (request.method === 'GET' && id !== undefined) {
    const mail = await store.get(decodeURIComponent(id));
    sendJson(response, mail ? 200 : 404, mail ?? { error: 'no such message' });
  } else {
    sendJson(response, 404, { error: 'ask for /messages or /messages/:id' });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}
