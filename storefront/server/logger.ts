import { logOptions } from '@souk/telemetry';
import { type Logger, pino } from 'pino';

/** Pages whose address is a key to something. */
const keyPages =
  /^\/(reset-password|verify-email|confirm-email|undo|wishlist|stock-alerts|cart\/(?:shared|restore|mails))\/[^/]+/;

/** The path of an address without what opens a door: neither its query nor a token in it. */
export function pathForLog(url: string): string {
  const path = url.split('?', 1)[0] ?? '/';
  return path.replace(keyPages, '/$1/[token]');
}

/** JSON logs on standard output; each line names the request, by the server's own logger, and the trace. Headers, forms and query strings never reach them: those hold carts and order tokens. */
export function createLogger(level: string): Logger {
  return pino({
    ...logOptions({ requestId: false }),
    name: 'storefront',
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: [
        'email',
        '*.email',
        'password',
        '*.password',
        'token',
        '*.token',
        '*.cookie',
        '*.authorization',
        '*.headers',
      ],
      censor: '[redacted]',
    },
  });
}
