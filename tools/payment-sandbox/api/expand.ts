import type { ObjectStore } from '../state/objects.ts';

/**
 * Replaces the ids that `paths` name (`latest_charge`, `data.payment_method`) by their objects. Paths that lead
 * nowhere are left alone.
 */
export function expandObject(body: object, paths: readonly string[], objects: ObjectStore): object {
  return paths.reduce((expanded, path) => expandPath(expanded, path.split('.').slice(0, 4), objects), body);
}

function expandPath(target: object, path: readonly string[], objects: ObjectStore): object {
  if (Array.isArray(target)) {
    return target.map((item) => (isObject(item) ? expandPath(item, path, objects) : item));
  }
  const [head, ...rest] = path;
  if (head === undefined || !Object.hasOwn(target, head)) return target;
  const value: unknown = Reflect.get(target, head);
  const found = typeof value === 'string' ? objects.findAny(value) : value;
  return isObject(found) ? { ...target, [head]: expandPath(found, rest, objects) } : target;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
