import type { IncomingMessage } from 'node:http';
import { systemIds } from '@souk/domain/kernel';

const sane = /^[A-Za-z0-9._:/+=-]{1,128}$/;

/** The caller's request id when it can stand in a log and a header, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && sane.test(given) ? given : systemIds.next();
}
