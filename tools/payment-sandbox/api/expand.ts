import type { ObjectStore } from '../state/objects.ts';

/**
 * Replaces the ids that `paths` name (`latest_charge`, `data.payment_method`) by their objects. Paths that lead
 * nowhere are left alone.
 */
export function expandObject(body: object, paths: readonly string[], objects: ObjectStore): object {
  if (paths.length === 0) return body;
  const expanded: object = structuredClone(body);
  for (const path of paths) expandPath(expanded, path.split('.').slice(0, 4), objects);
  return expanded;
}

function expandPath(target: unknown, path: readonly string[], objects: ObjectStore): void {
  if (Array.isArray(target)) {
    for (const item of target) expandPath(item, path, objects);
    return;
  }
  const [head, ...rest] = path;
  if (typeof target !== 'object' || target === null || head === undefined || !Object.hasOwn(target, head))
    return;
  const value: unknown = Reflect.get(target, head);
  const found = typeof value === 'string' ? objects.findAny(value) : value;
  if (typeof found !== 'object' || found === null) return;
  Reflect.set(target, head, found);
  expandPath(found, rest, objects);
}
