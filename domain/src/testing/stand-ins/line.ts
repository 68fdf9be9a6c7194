import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a real server that can be cut and mended: what a test of outages points the shop at. */
export interface Line {
  readonly url: string;
  /** Refuses connections, and ends those that are open: the server was killed. */
  kill(): Promise<void>;
  /** Accepts connections and lets all wait for ever: the server hangs. */
  hang(): void;
  /** Goes on where it hung: all that was sent meanwhile gets there. */
  goOn(): void;
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function openLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const upstreams = new Map<Socket, Socket>();
  let isHanging = false;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server: Server = createServer((client) => {
    track(client);
    if (isHanging) return;
    const upstream = connect(Number(port), hostname);
    track(upstream);
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
    upstreams.set(client, upstream);
    client.on('close', () => upstreams.delete(client));
  });
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port');
  const ourPort = address.port;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const kill = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${ourPort}`,
    kill,
    hang() {
      isHanging = true;
      for (const client of upstreams.keys()) client.unpipe().pause();
    },
    goOn() {
      isHanging = false;
      for (const [client, upstream] of upstreams) client.pipe(upstream);
    },
    async restore() {
      if (isHanging) cut();
      isHanging = false;
      if (!server.listening) await listen(ourPort);
    },
    close: kill,
  };
}
