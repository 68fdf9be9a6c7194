import { DomainError } from '@souk/domain/kernel';
import { receiveWebhook } from '@souk/domain/payments';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';

const BODY_LIMIT = 1024 * 1024;

/**
 * `POST /webhooks/stripe`. The body stays as it was sent, byte for byte: the signature is over it. Answers 2xx only once the
 * event is stored, so that Stripe tries again otherwise. Not rate limited: a burst is all of one address, and signed.
 */
export async function webhookRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  );
  app.post(
    '/webhooks/stripe',
    { bodyLimit: BODY_LIMIT, config: { rateLimit: false } },
    async (request, reply) => {
      const signature = request.headers['stripe-signature'];
      if (!Buffer.isBuffer(request.body) || typeof signature !== 'string') {
        throw new DomainError('signature_invalid', 'expected a body and the header stripe-signature');
      }
      const ctx = deps.domain.context({ logger: deps.logger });
      await receiveWebhook(ctx, { payload: request.body, signature });
      return reply.send({ received: true });
    },
  );
}
