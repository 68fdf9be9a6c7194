import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { decodeForm } from '../api/form-body.ts';
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

type Content = Record<string, { schema: Schema }>;

interface DescribedCall {
  parameters?: { in: string; name: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

interface Description {
  info: { version: string };
  paths: Record<string, Record<string, DescribedCall>>;
  components: { schemas: Record<string, Schema> };
}

export interface StripeDescription {
  version: string;
  /** What of the parameters Stripe would not take: a path into them, and why. */
  problemsOfCall(entry: JournalEntry): string[];
  /** What of an answer is not as Stripe describes it: a path into the answer, and why. */
  problemsOfAnswer(entry: JournalEntry): string[];
}

/** Where `keep-description.ts` puts what is read here. */
export const descriptionFile = fileURLToPath(new URL('stripe-description.json.gz', import.meta.url));

/** Stripe's published OpenAPI description (MIT, github.com/stripe/openapi), as far as it is about the sandbox's calls. */
export function readStripeDescription(): StripeDescription {
  const description: Description = JSON.parse(gunzipSync(readFileSync(descriptionFile)).toString());
  const paths = Object.keys(description.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
  }));
  const callOf = (entry: JournalEntry): DescribedCall | undefined => {
    const literal = description.paths[entry.path] ? entry.path : undefined;
    const path = literal ?? paths.find(({ pattern }) => pattern.test(entry.path))?.path;
    return path === undefined ? undefined : description.paths[path]?.[entry.method.toLowerCase()];
  };
  return {
    version: description.info.version,
    problemsOfCall(entry) {
      const call = callOf(entry);
      if (!call) return ['Stripe has no such call'];
      const schema = parametersOf(call, entry.method);
      return check({ description, isForm: true }, schema, decodeForm(entry.parameters), '');
    },
    problemsOfAnswer(entry) {
      const call = callOf(entry);
      if (!call) return ['Stripe has no such call'];
      const response = call.responses[entry.status < 400 ? '200' : 'default'];
      const schema = response?.content?.['application/json']?.schema;
      return schema
        ? check({ description, isForm: false }, schema, entry.answer, '')
        : ['Stripe describes no answer'];
    },
  };
}

/** A call's parameters as one object: a form in the body, or what may stand in the query. */
function parametersOf(call: DescribedCall, method: string): Schema {
  const form = call.requestBody?.content['application/x-www-form-urlencoded']?.schema;
  if (method === 'POST') return form ?? { type: 'object', properties: {} };
  const inQuery = (call.parameters ?? []).filter((parameter) => parameter.in === 'query');
  return {
    type: 'object',
    properties: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
    required: inQuery.filter(({ required }) => required).map(({ name }) => name),
  };
}

interface Rules {
  description: Description;
  /** In a form, numbers and booleans are text. */
  isForm: boolean;
}

function check(rules: Rules, schema: Schema, value: unknown, at: string): string[] {
  if (schema.$ref !== undefined) {
    const target = rules.description.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    return target ? check(rules, target, value, at) : [`${at}: ${schema.$ref} is not described`];
  }
  if (value === null) return schema.nullable ? [] : [`${at}: may not be null`];
  if (schema.anyOf) {
    // An object is told from another by its `object`: the closest description tells best what is wrong.
    const fitting = schema.anyOf.filter((one) => isText(rules, one) === (typeof value === 'string'));
    const tries = (fitting.length > 0 ? fitting : schema.anyOf).map((one) => check(rules, one, value, at));
    return tries.reduce((best, next) => (next.length < best.length ? next : best));
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return [`${at}: ${JSON.stringify(value)} is none of ${schema.enum.join(', ')}`];
  }
  switch (schema.type) {
    case 'object':
      return checkObject(rules, schema, value, at);
    case 'array':
      if (!Array.isArray(value)) return [`${at}: is no list`];
      return value.flatMap((item, index) => check(rules, schema.items ?? {}, item, `${at}[${index}]`));
    case 'integer':
      return Number.isInteger(read(rules, value)) ? [] : [`${at}: is no integer`];
    case undefined:
      return [];
    default:
      return checkPrimitive(rules, schema, schema.type, value, at);
  }
}

/** An id where an object could stand; in a form, anything that is neither a list nor a map. */
function isText(rules: Rules, schema: Schema): boolean {
  const target = schema.$ref && rules.description.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  const { type } = target || schema;
  return rules.isForm ? type !== 'object' && type !== 'array' : type === 'string';
}

/** A value of a form as what it stands for. */
function read({ isForm }: Rules, value: unknown): unknown {
  if (!isForm || typeof value !== 'string') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

function checkPrimitive(rules: Rules, schema: Schema, type: string, value: unknown, at: string): string[] {
  if (typeof (type === 'string' ? value : read(rules, value)) !== type) return [`${at}: is no ${type}`];
  const isLong =
    typeof value === 'string' && schema.maxLength !== undefined && value.length > schema.maxLength;
  return isLong ? [`${at}: is longer than ${schema.maxLength}`] : [];
}

function checkObject(rules: Rules, schema: Schema, value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: is no object`];
  const missing = (schema.required ?? [])
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${at}.${name}: is missing`);
  const wrong = Object.entries(value).flatMap(([name, inner]) => {
    const described = schema.properties?.[name];
    if (described) return check(rules, described, inner, `${at}.${name}`);
    const others = schema.additionalProperties;
    if (typeof others === 'object') return check(rules, others, inner, `${at}.${name}`);
    return schema.properties ? [`${at}.${name}: is not described`] : [];
  });
  return [...missing, ...wrong];
}
