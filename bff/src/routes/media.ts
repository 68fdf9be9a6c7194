import { createHash } from 'node:crypto';
import { rendition } from '@souk/domain/catalog';
import { DomainError } from '@souk/domain/kernel';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';

const pattern = /^(?<key>.{1,300})\/(?<width>\d{1,5})\.(?<format>[a-z]{1,8})$/;

/** `GET /media/<key>/<width>.<avif|webp>`: pictures. A key names its content for good, so browsers may keep them. */
export async function mediaRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  app.get<{ Params: { '*': string } }>(
    '/media/*',
    { config: { rateLimit: false } },
    async (request, reply) => {
      const { key, width, format } = pattern.exec(request.params['*'])?.groups ?? {};
      if (!key || !width || !format) throw new DomainError('not_found', 'no such picture');
      const ctx = deps.domain.context({ logger: deps.logger });
      const { content, contentType } = await rendition(ctx, { key, width: Number(width), format });
      const etag = `"${createHash('sha1').update(content).digest('base64url')}"`;
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply
        .type(contentType)
        .send(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
    },
  );
}
