import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export interface Listening {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on a free port of this machine to what is posted. @param take is given path and body, and answers with a status */
export async function listenTo(take: (path: string, body: Buffer) => number): Promise<Listening> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const isZipped = request.headers['content-encoding'] === 'gzip';
    response.writeHead(take(request.url?.split('?')[0] ?? '', isZipped ? gunzipSync(body) : body)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
