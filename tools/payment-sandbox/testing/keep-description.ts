#!/usr/bin/env node
/**
 * Writes the part of Stripe's published OpenAPI description that is about the sandbox's calls to `stripe-description.json.gz`, so that tests
 * need neither Go nor the network. The description comes with the source of stripe-mock:
 *
 *   npm run tools:install -- stripe-mock
 *   node tools/payment-sandbox/testing/keep-description.ts "$(go env GOMODCACHE)"/github.com/stripe/stripe-mock@…/embedded/openapi/spec3.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { operations } from '../api/operations.ts';
import { descriptionFile } from './openapi.ts';

const published = z.object({
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), z.json()),
  components: z.object({ schemas: z.record(z.string(), z.json()) }),
});
type Json = z.infer<ReturnType<typeof z.json>>;

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("Give the path of stripe-mock's spec3.json.");
const { info, paths, components } = published.parse(JSON.parse(readFileSync(file, 'utf8')));

const served = new Set(operations.map((operation) => operation.path.replaceAll(/:\w+/g, '{}')));
const kept = Object.entries(paths)
  .filter(([path]) => served.has(path.replaceAll(/\{\w+\}/g, '{}')))
  .map(([path, item]) => [path, withoutWords(item)] as const);
const names = new Set<string>();
for (const [, item] of kept) follow(item);
const schemas = [...names]
  .toSorted()
  .map((name) => [name, withoutWords(components.schemas[name] ?? {})] as const);

const description = {
  info: { version: info.version },
  paths: Object.fromEntries(kept),
  components: { schemas: Object.fromEntries(schemas) },
};
writeFileSync(descriptionFile, gzipSync(JSON.stringify(description), { level: 9 }));
console.log(`${kept.length} paths and ${schemas.length} schemas of Stripe's API ${info.version}`);

/** Collects the schemas that something refers to, and those that they refer to. */
function follow(value: Json): void {
  if (typeof value !== 'object' || value === null) return;
  const name = '$ref' in value && typeof value.$ref === 'string' ? (value.$ref.split('/').at(-1) ?? '') : '';
  if (name !== '' && !names.has(name)) {
    names.add(name);
    follow(components.schemas[name] ?? null);
  }
  for (const inner of Object.values(value)) follow(inner);
}

/** Less what is only for people, and Stripe's own remarks. A property may well be called `description`: that one is an object. */
function withoutWords(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  const told = Object.entries(value).filter(
    ([name, inner]) =>
      !name.startsWith('x-') && !((name === 'description' || name === 'title') && typeof inner === 'string'),
  );
  return Object.fromEntries(told.map(([name, inner]) => [name, withoutWords(inner)]));
}
