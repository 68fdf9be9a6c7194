import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * Asks a Redis for its version, with the credentials of the address.
 *
 * @throws when it cannot be reached, or refuses the password
 */
export function askRedis(url: string, timeoutMs = 3_000): Promise<string> {
  const { protocol, hostname, port, username, password } = new URL(url);
  const socket = open(protocol, hostname, Number(port || 6379));
  const commands: string[][] = [];
  if (password)
    commands.push([
      'AUTH',
      ...(username ? [decodeURIComponent(username)] : []),
      decodeURIComponent(password),
    ]);
  commands.push(['INFO', 'server']);
  return new Promise<string>((resolve, reject) => {
    let answer = '';
    socket.setTimeout(timeoutMs, () => reject(new Error(`no answer within ${timeoutMs / 1000} s`)));
    socket.once('error', reject);
    socket.once('end', () => reject(new Error('the connection was closed')));
    socket.write(commands.map(encode).join(''));
    socket.on('data', (chunk) => {
      answer += chunk;
      const refusal = /^-(.*)\r\n/m.exec(answer)?.[1];
      const version = /^redis_version:(.*)\r\n/m.exec(answer)?.[1];
      if (refusal) reject(new Error(refusal));
      else if (version) resolve(version);
    });
  }).finally(() => socket.destroy());
}

function open(protocol: string, host: string, port: number): Socket {
  return protocol === 'rediss:' ? connectTls({ host, port, servername: host }) : connectPlain({ host, port });
}

function encode(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
