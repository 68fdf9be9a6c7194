import type { ServerBuild } from '@remix-run/node';
import type { BuildSource } from './remix-handler.ts';
import { routeIdsOf } from './route-ids.ts';

/** Tells which page's route answers a path. */
export interface RouteFinder {
  /** The route's id, such as `routes/p.$slug`, which is the same for all products; `none` where no page is. */
  of(path: string): Promise<string>;
  isKnown(route: string): Promise<boolean>;
}

/** Finds routes in a build of the pages, also in one that changes while developing. */
export function routeFinder(source: BuildSource): RouteFinder {
  const finders = new WeakMap<ServerBuild, (path: string) => string>();
  const load = async () => (typeof source === 'function' ? source() : source);
  return {
    async of(path) {
      const build = await load();
      const find = finders.get(build) ?? routeIdsOf(build.routes);
      finders.set(build, find);
      return find(path);
    },
    async isKnown(route) {
      return Object.hasOwn((await load()).routes, route);
    },
  };
}
