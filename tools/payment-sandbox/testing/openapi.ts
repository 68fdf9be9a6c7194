import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JournalEntry } from '../journal.ts';

/** The part of OpenAPI's schemas that Stripe's description uses. */
interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  type?: 'object' | 'string' | 'integer' | 'number' | 'boolean' | 'array';
  enum?: unknown[];
  nullable?: boolean;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  maxLength?: number;
}

interface Description {
  info: { version: string };
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: Schema }> }> }>
  >;
  components: { schemas: Record<string, Schema> };
}

export interface StripeDescription {
  version: string;
  /** What of an answer is not as Stripe describes it: a path into the answer, and why. */
  problemsOf(entry: JournalEntry): string[];
}

/**
 * Stripe's OpenAPI description, which comes with the source of stripe-mock.
 *
 * @returns null when it is not there, after a line that says so
 */
export async function readStripeDescription(): Promise<StripeDescription | null> {
  const file = await findDescription();
  if (file === undefined) {
    console.warn(
      "The source of stripe-mock is not here: answers are not checked against Stripe's description.",
    );
    return null;
  }
  const description: Description = JSON.parse(readFileSync(file, 'utf8'));
  const paths = Object.keys(description.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
  }));
  return {
    version: description.info.version,
    problemsOf(entry) {
      const literal = description.paths[entry.path] ? entry.path : undefined;
      const path = literal ?? paths.find(({ pattern }) => pattern.test(entry.path))?.path;
      const operation =
        path === undefined ? undefined : description.paths[path]?.[entry.method.toLowerCase()];
      if (!operation) return ['Stripe has no such call'];
      const response = operation.responses[entry.status < 400 ? '200' : 'default'];
      const schema = response?.content?.['application/json']?.schema;
      return schema ? check(description, schema, entry.answer, '') : ['Stripe describes no answer'];
    },
  };
}

function check(description: Description, schema: Schema, value: unknown, at: string): string[] {
  if (schema.$ref !== undefined) {
    const target = description.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    return target ? check(description, target, value, at) : [`${at}: ${schema.$ref} is not described`];
  }
  if (value === null) return schema.nullable ? [] : [`${at}: may not be null`];
  if (schema.anyOf) {
    // An object is told from another by its `object`: the closest description tells best what is wrong.
    const fitting = schema.anyOf.filter((one) => isText(description, one) === (typeof value === 'string'));
    const tries = (fitting.length > 0 ? fitting : schema.anyOf).map((one) =>
      check(description, one, value, at),
    );
    return tries.reduce((best, next) => (next.length < best.length ? next : best));
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return [`${at}: ${JSON.stringify(value)} is none of ${schema.enum.join(', ')}`];
  }
  switch (schema.type) {
    case 'object':
      return checkObject(description, schema, value, at);
    case 'array':
      if (!Array.isArray(value)) return [`${at}: is no list`];
      return value.flatMap((item, index) => check(description, schema.items ?? {}, item, `${at}[${index}]`));
    case 'integer':
      return Number.isInteger(value) ? [] : [`${at}: is no integer`];
    case undefined:
      return [];
    default:
      return checkPrimitive(schema, schema.type, value, at);
  }
}

/** An id where an object could stand. */
function isText(description: Description, schema: Schema): boolean {
  const target = schema.$ref && description.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  return (target || schema).type === 'string';
}

function checkPrimitive(schema: Schema, type: string, value: unknown, at: string): string[] {
  if (typeof value !== type) return [`${at}: is no ${type}`];
  const isLong =
    typeof value === 'string' && schema.maxLength !== undefined && value.length > schema.maxLength;
  return isLong ? [`${at}: is longer than ${schema.maxLength}`] : [];
}

function checkObject(description: Description, schema: Schema, value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: is no object`];
  const missing = (schema.required ?? [])
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${at}.${name}: is missing`);
  const wrong = Object.entries(value).flatMap(([name, inner]) => {
    const described = schema.properties?.[name];
    if (described) return check(description, described, inner, `${at}.${name}`);
    const others = schema.additionalProperties;
    if (typeof others === 'object') return check(description, others, inner, `${at}.${name}`);
    return schema.properties ? [`${at}.${name}: is not described`] : [];
  });
  return [...missing, ...wrong];
}

async function findDescription(): Promise<string | undefined> {
  const modules = join(await moduleCache(), 'github.com', 'stripe');
  try {
    const newest = readdirSync(modules)
      .filter((name) => name.startsWith('stripe-mock@'))
      .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
      .at(-1);
    const file = join(modules, newest ?? '', 'embedded', 'openapi', 'spec3.json');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

async function moduleCache(): Promise<string> {
  try {
    return (await promisify(execFile)('go', ['env', 'GOMODCACHE'])).stdout.trim();
  } catch {
    return join(homedir(), 'go', 'pkg', 'mod');
  }
}
