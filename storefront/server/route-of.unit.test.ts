import type { ServerBuild } from '@remix-run/node';
import { expect, test } from 'vitest';
import { routeFinder } from './route-of.ts';

const modules = { module: { default: () => null } };
const routes: ServerBuild['routes'] = {
  root: { id: 'root', path: '', ...modules },
  'routes/_index': { id: 'routes/_index', parentId: 'root', index: true, ...modules },
  'routes/p.$slug': { id: 'routes/p.$slug', parentId: 'root', path: 'p/:slug', ...modules },
  'routes/account': { id: 'routes/account', parentId: 'root', path: 'account', ...modules },
  'routes/account.orders': {
    id: 'routes/account.orders',
    parentId: 'routes/account',
    path: 'orders',
    ...modules,
  },
};
const build: ServerBuild = {
  routes,
  mode: 'test',
  entry: { module: { default: () => new Response() } },
  assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
  publicPath: '/',
  assetsBuildDirectory: '',
  isSpaMode: false,
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: true,
  },
};

test.each([
  ['/', 'routes/_index'],
  ['/_root.data', 'routes/_index'],
  ['/p/harbour-mug', 'routes/p.$slug'],
  ['/p/harbour-mug.data', 'routes/p.$slug'],
  ['/account/orders', 'routes/account.orders'],
  ['/nowhere/at/all', 'none'],
])('%s is a page of %s', async (path, route) => {
  expect(await routeFinder(build).of(path)).toBe(route);
  expect(await routeFinder(() => Promise.resolve(build)).of(path)).toBe(route);
});

test('only routes of the build are known', async () => {
  const finder = routeFinder(build);
  expect(await finder.isKnown('routes/p.$slug')).toBe(true);
  expect(await finder.isKnown('toString')).toBe(false);
});
