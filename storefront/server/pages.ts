import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerBuild } from '@remix-run/node';
import type { Pages } from './app.ts';

const root = join(import.meta.dirname, '..');

/** The pages as `remix vite:build` made them. */
export async function builtPages(): Promise<Pages> {
  const serverFile = join(root, 'build/server/index.js');
  if (!existsSync(serverFile)) {
    throw new Error('The storefront is not built: run `pnpm --filter @souk/storefront build` first');
  }
  const build: ServerBuild = await import(pathToFileURL(serverFile).href);
  return { build, clientDirectory: join(root, 'build/client') };
}

/** The pages as they stand in the sources, replaced in the browser as they change. */
export async function livePages(): Promise<Pages> {
  const { createServer } = await import('vite');
  let loadBuild = (): Promise<ServerBuild> => Promise.reject(new Error('the pages are not ready yet'));
  return {
    build: () => loadBuild(),
    clientDirectory: null,
    async prepare(app) {
      const vite = await createServer({
        root,
        // News of changes travel over our own port: two checkouts can be worked on at once.
        server: { middlewareMode: true, hmr: { server: app.server } },
        appType: 'custom',
      });
      // Vite types what it loads as a record of unknowns; Remix's plugin promises a build under this name.
      loadBuild = async () =>
        (await vite.ssrLoadModule('virtual:remix/server-build')) as unknown as ServerBuild;
      app.addHook('onRequest', (request, reply, done) => vite.middlewares(request.raw, reply.raw, done));
      app.addHook('onClose', () => vite.close());
    },
  };
}
