import { join } from 'node:path';
import serveFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { missingFilePage } from './plain-pages.ts';

/** Serves what the build made: hashed assets for ever, and the few files that live at the root. */
export async function addStaticFiles(app: FastifyInstance, clientDirectory: string): Promise<void> {
  await app.register(
    async (assets) => {
      await assets.register(serveFiles, {
        root: join(clientDirectory, 'assets'),
        prefix: '/',
        immutable: true,
        preCompressed: true,
        maxAge: '365d',
        index: false,
        decorateReply: false,
        logLevel: 'warn',
      });
      assets.setNotFoundHandler((request, reply) =>
        reply.code(404).type('text/html; charset=utf-8').send(missingFilePage(request.id)),
      );
    },
    { prefix: '/assets' },
  );
  await app.register(serveFiles, {
    root: clientDirectory,
    prefix: '/',
    wildcard: false,
    index: false,
    maxAge: '1h',
    globIgnore: ['assets/**', '.vite/**'],
    decorateReply: false,
  });
}
