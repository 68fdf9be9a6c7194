import type { ServerBuild } from '@remix-run/node';
import { expect, test } from 'vitest';
import { routeFinder } from './route-of.ts';

const modules = { module: { default: () => null } };
const routes: ServerBuild['routes'] = {
  root: { id: 'root', path: '', ...modules },
  'routes/_index': { id: 'routes/_index', parentId: 'root', index: true, ...modules },
  'routes/p.$slug': { id: 'routes/p.$slug', parentId: 'root', path: 'p/:slug', ...modules },
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

test('routes are found in a build that is there, and in one that is made while developing', async () => {
  expect(await routeFinder(build).of('/p/harbour-mug.data')).toBe('routes/p.$slug');
  expect(await routeFinder(() => Promise.resolve(build)).of('/p/harbour-mug')).toBe('routes/p.$slug');
});

test('only routes of the build are known', async () => {
  const finder = routeFinder(build);
  expect(await finder.isKnown('routes/p.$slug')).toBe(true);
  expect(await finder.isKnown('toString')).toBe(false);
});
