import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A body that many may read, with its strong ETag. */
export interface Representation {
  readonly text: string;
  readonly etag: string;
}

export function representationOf(body: unknown): Representation {
  const text = JSON.stringify(body);
  return { text, etag: `"${createHash('sha1').update(text).digest('base64url')}"` };
}

/** Answers JSON with a strong ETag, or 304 when the client has just that. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Representation,
  cacheControl: string,
) {
  reply.header('etag', body.etag).header('cache-control', cacheControl);
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(body.etag)) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(body.text);
}
