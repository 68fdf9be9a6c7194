import { createDomain } from '@souk/domain/app';
import { signedInBy } from '@souk/domain/identity';
import { createLogger, loadDomainConfig } from '@souk/domain/kernel';
import { fastify } from 'fastify';

/** The check of a session and nothing around it: what stands in the place of the limit's SELECT. */
const domain = createDomain(loadDomainConfig(process.env), {
  logger: createLogger({ name: 'check', level: 'warn' }),
});
const app = fastify();
app.get('/user', (request) =>
  signedInBy(domain.context(), { token: String(request.headers['x-souk-session']) }),
);
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
