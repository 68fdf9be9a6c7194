import { join } from 'node:path';
import { UNSAFE_flatRoutes as flatRoutes } from '@remix-run/dev';
import type { ServerBuild } from '@remix-run/node';
import { matchRoutes } from '@remix-run/react';
import { expect, test } from 'vitest';
import { routeIdsOf } from './route-ids.ts';

const files = {
  root: { id: 'root', path: '', parentId: undefined },
  ...flatRoutes(join(import.meta.dirname, '../app')),
};
type Found = (typeof files)[keyof typeof files] & { index?: boolean };

const found: Found[] = Object.values(files);
const routes: ServerBuild['routes'] = Object.fromEntries(
  found.map(({ id, path, parentId, index }) => [
    id,
    {
      id,
      module: { default: () => null },
      ...(path === undefined ? {} : { path }),
      ...(index === undefined ? {} : { index }),
      ...(parentId === undefined ? {} : { parentId }),
    },
  ]),
);
const idOf = routeIdsOf(routes);

type RouteObject = Parameters<typeof matchRoutes>[0][number];

/** The routes as Remix's own matching wants them. */
function below(parentId: string | undefined): RouteObject[] {
  return found
    .filter((route) => route.parentId === parentId)
    .map(({ id, path, index }): RouteObject => {
      const at = path === undefined ? { id } : { id, path };
      return index ? { ...at, index } : { ...at, children: below(id) };
    });
}
const tree = below(undefined);

const paths = found.flatMap(({ id }) => {
  const path = fullPath(id).replaceAll(/:\w+/g, 'Some-Thing').replace('*', 'a/b');
  return [path, `${path}/`, `${path}/beyond`, path.toUpperCase()];
});

function fullPath(id: string): string {
  const route = found.find((candidate) => candidate.id === id);
  if (route === undefined) return '';
  return [fullPath(route.parentId ?? ''), route.path ?? ''].join('/').replaceAll(/\/+/g, '/');
}

test.each([
  ...new Set([...paths, '/', '/P/robe', '/orders/SK-2026-000001/invoice.pdf', '/%63art', '/cart/shared/x']),
])('%s is answered by the route that Remix would take', (path) => {
  const expected = matchRoutes(tree, path)?.at(-1)?.route.id;
  expect(idOf(path)).toBe(expected);
});

test.each([
  ['/_root.data', 'routes/_index'],
  ['/p/robe.data', 'routes/p.$slug'],
  ['/__manifest', 'asset'],
  ['/%E0%A4%A/cart', 'routes/$'],
])('%s counts as %s', (path, id) => {
  expect(idOf(path)).toBe(id);
});

test('where there are no routes nothing matches', () => {
  expect(routeIdsOf({})('/cart')).toBe('none');
});
