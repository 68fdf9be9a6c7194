import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** How a stand-in may answer once instead of as it would. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown }
  /** Answers late, as it would. */
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'hang-up' }
  /** Does what it was asked to, and hangs up before it says so. */
  | { readonly kind: 'hang-up-after' };

/** A request as a stand-in saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface HttpStandIn {
  /** Without a slash at its end. */
  readonly url: string;
  readonly requests: SeenRequest[];
  /** What goes wrong with the next requests, one fault each. */
  fail(...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

/** What a stand-in answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves JSON on a free port of this machine, with faults on demand. */
export async function startHttpStandIn(
  answer: (request: SeenRequest, headers: IncomingMessage['headers']) => Answer,
): Promise<HttpStandIn> {
  const requests: SeenRequest[] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: text === '' ? null : JSON.parse(text),
    };
    requests.push(seen);
    const fault = faults.shift();
    if (fault?.kind === 'hang-up') return void response.destroy();
    if (fault?.kind === 'malformed') return void response.end('<html>Bad Gateway</html>');
    if (fault?.kind === 'status') return send(response, { status: fault.status, body: fault.body ?? {} });
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms).unref());
    const usual = answer(seen, request.headers);
    if (fault?.kind === 'hang-up-after') return void response.destroy();
    send(response, usual);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    fail: (...next) => void faults.push(...next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
