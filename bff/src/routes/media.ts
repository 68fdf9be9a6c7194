import { createHash } from 'node:crypto';
import { RENDITION_FORMATS, RENDITION_WIDTHS, rendition } from '@souk/domain/catalog';
import { DomainError } from '@souk/domain/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../deps.ts';

const pattern = /^(?<key>[a-z0-9][a-z0-9/._-]*)\/(?<width>\d{1,5})\.(?<format>[a-z]+)$/;

const renditionPath = z.object({
  key: z.string().max(300),
  width: z.coerce.number().pipe(z.literal([...RENDITION_WIDTHS])),
  format: z.enum(RENDITION_FORMATS),
});

/** `GET /media/<key>/<width>.<avif|webp>`: pictures. A key names its content for good, so browsers may keep them. */
export async function mediaRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  app.get<{ Params: { '*': string } }>(
    '/media/*',
    { config: { rateLimit: false } },
    async (request, reply) => {
      const path = renditionPath.safeParse(pattern.exec(request.params['*'])?.groups);
      if (!path.success || path.data.key.includes('..'))
        throw new DomainError('not_found', 'no such picture');
      const { content, contentType } = await rendition(deps.domain.context(), path.data);
      const etag = `"${createHash('sha1').update(content).digest('base64url')}"`;
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('access-control-allow-origin', '*')
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply
        .type(contentType)
        .send(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
    },
  );
}
