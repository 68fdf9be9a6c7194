import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../call.ts';
import { registerOnboarding } from '../connect/onboarding-routes.ts';
import { registerAgreePages } from './agree-routes.ts';
import { registerCheckoutPages } from './checkout-routes.ts';
import { messagePage, sendPage } from './layout.ts';
import { registerPayPages } from './pay-routes.ts';

export interface PageOptions {
  sandbox: Sandbox;
  /** Called after each change that is on disk. */
  onChange: () => void;
}

/** The pages that a shopper's browser visits. None of them needs scripts. */
export function registerPages(app: FastifyInstance, options: PageOptions): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, body);
    },
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a page of the sandbox failed');
    const text = 'Nothing was charged. Go back and try again.';
    return sendPage(reply, messagePage('That did not work', text, { status }));
  });
  registerPayPages(app, options);
  registerAgreePages(app, options);
  registerCheckoutPages(app, options);
  registerOnboarding(app, options);
}
