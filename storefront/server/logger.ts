import { type Logger, pino } from 'pino';

/** JSON logs on standard output. Headers, forms and query strings never reach them: those hold carts and order tokens. */
export function createLogger(level: string): Logger {
  return pino({
    name: 'storefront',
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['email', '*.email', 'token', '*.token', '*.cookie', '*.authorization', '*.headers'],
      censor: '[redacted]',
    },
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: request.url.split('?', 1)[0],
      }),
      res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
    },
  });
}
