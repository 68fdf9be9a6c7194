import type { LoggerOptions } from 'pino';
import { reportLogged } from './error-reports.ts';
import { scopeAtHand } from './spans.ts';

/**
 * What a logger needs so that each line tells which request and trace it belongs to, and so that warnings and errors are reported.
 *
 * @param options.requestId false where the logger names the request already
 */
export function logOptions(options: { requestId?: boolean } = {}): Pick<LoggerOptions, 'mixin' | 'hooks'> {
  const namesRequest = options.requestId ?? true;
  return {
    mixin() {
      const scope = scopeAtHand();
      if (scope === undefined) return {};
      const { requestId, span } = scope;
      return {
        ...(namesRequest && requestId !== null ? { requestId } : {}),
        ...(span === null ? {} : { traceId: span.traceId, spanId: span.spanId }),
      };
    },
    hooks: {
      logMethod(line, method, level) {
        reportLogged(line, level);
        method.apply(this, line);
      },
    },
  };
}
