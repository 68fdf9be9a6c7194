import type { ServerBuild } from '@remix-run/node';

type Routes = ServerBuild['routes'];

/** A place in the tree of addresses. */
interface Place {
  readonly named: Map<string, Place>;
  /** What any segment leads to. */
  any: Place | null;
  /** The route whose address ends here, and the one that takes whatever follows. */
  id: string | null;
  rest: string | null;
}

const newPlace = (): Place => ({ named: new Map(), any: null, id: null, rest: null });

/** What a request of Remix's own is for: the routes that the browser does not know yet. */
const MANIFEST = '/__manifest';

/**
 * Tells which route of the build answers a path, as Remix would match it: names before parameters before the rest. Remix's own way to tell
 * ranks all routes anew for each question; this looks up segment by segment in a tree that is made once.
 *
 * @returns the id of a path's route, also of a path that asks for a page's data; `asset` for Remix's manifest, `none` where there is none
 */
export function routeIdsOf(routes: Routes): (path: string) => string {
  const root = newPlace();
  for (const route of Object.values(routes)) {
    if (route === undefined || (route.path === undefined && route.index !== true)) continue;
    const isIndex = route.index === true;
    const segments = segmentsOf(fullPath(routes, route.id));
    const takesRest = segments.at(-1) === '*';
    const place = openPlace(root, takesRest ? segments.slice(0, -1) : segments);
    if (takesRest) place.rest ??= route.id;
    // a layout and its index share an address: the index is what is shown there
    else if (isIndex) place.id = route.id;
    else place.id ??= route.id;
  }
  return (path) => {
    if (path === MANIFEST) return 'asset';
    return find(root, segmentsOf(pagePath(path)), 0) ?? 'none';
  };
}

/** The path of the page that a path asks for the data of. */
function pagePath(path: string): string {
  if (!path.endsWith('.data')) return path;
  const page = path.slice(0, -'.data'.length);
  return page === '/_root' ? '/' : page;
}

function fullPath(routes: Routes, id: string): string {
  const route = routes[id];
  if (route === undefined) return '';
  const above = route.parentId === undefined ? '' : fullPath(routes, route.parentId);
  return `${above}/${route.path ?? ''}`;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function openPlace(root: Place, segments: readonly string[]): Place {
  let place = root;
  for (const segment of segments) {
    if (segment.startsWith(':')) {
      place.any ??= newPlace();
      place = place.any;
    } else {
      const name = segment.toLowerCase();
      const next = place.named.get(name) ?? newPlace();
      place.named.set(name, next);
      place = next;
    }
  }
  return place;
}

function find(place: Place, segments: readonly string[], at: number): string | null {
  const segment = segments[at];
  if (segment === undefined) return place.id ?? place.rest;
  const named = place.named.get(decoded(segment).toLowerCase());
  return (
    (named ? find(named, segments, at + 1) : null) ??
    (place.any ? find(place.any, segments, at + 1) : null) ??
    place.rest
  );
}

function decoded(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
