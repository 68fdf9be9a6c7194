export type JsonObject = Record<string, unknown>;

/** The fields of every object of the API, which definitions of custom resources leave to the server. */
const envelope = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };

/**
 * A schema of Kubernetes as JSON Schema that lets no unknown field pass, as the API server does with strict validation: its own dialect
 * (`x-kubernetes-…`, formats that are no types) is translated.
 *
 * @param isObject whether it is that of a whole object, which has apiVersion, kind and metadata
 */
export function strict(schema: JsonObject, isObject = false): JsonObject {
  const result = translate(schema);
  if (!isObject || !isJsonObject(result.properties)) return result;
  return { ...result, properties: { ...result.properties, ...envelope } };
}

function translate(schema: JsonObject): JsonObject {
  // int-or-string has no type in definitions of custom resources, and a wrong one in OpenAPI 2
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') {
    return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  }
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('x-kubernetes-') || key === 'format' || key === 'description') continue;
    result[key] = translateKey(key, value);
  }
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (isJsonObject(schema.properties) && schema.additionalProperties === undefined && !isOpen) {
    result.additionalProperties = false;
  }
  if (schema.nullable === true && typeof schema.type === 'string') result.type = [schema.type, 'null'];
  return result;
}

function translateKey(key: string, value: unknown): unknown {
  if (key === 'properties' && isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, isJsonObject(each) ? translate(each) : each]),
    );
  }
  // inside a combination, a part must not close what another part opens
  if (key === 'anyOf' || key === 'oneOf' || key === 'allOf' || key === 'not') return value;
  return isJsonObject(value) ? translate(value) : value;
}

/** The strict schema of one definition of an OpenAPI 2 description, with those that it refers to. */
export function closureOf(name: string, definitions: Readonly<Record<string, JsonObject>>): JsonObject {
  const taken: Record<string, JsonObject> = {};
  const take = (wanted: string) => {
    const definition = definitions[wanted];
    if (definition === undefined || taken[wanted] !== undefined) return;
    taken[wanted] = isQuantity(wanted) ? { type: ['string', 'number'] } : translate(definition);
    for (const [, referred] of JSON.stringify(definition).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      if (referred !== undefined) take(referred);
    }
  };
  take(name);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $ref: `#/definitions/${name}`,
    definitions: taken,
  };
}

function isQuantity(name: string): boolean {
  return name.endsWith('.api.resource.Quantity');
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
