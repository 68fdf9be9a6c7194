import { expect, test } from 'vitest';
import { closureOf, strict } from './strict-schema.ts';

test('objects with known fields are closed, at every depth, and open ones stay open', () => {
  const schema = strict({
    type: 'object',
    properties: {
      spec: { type: 'object', properties: { replicas: { type: 'integer', format: 'int32' } } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      any: { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true },
      list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
    },
  });
  expect(schema).toEqual({
    type: 'object',
    additionalProperties: false,
    properties: {
      spec: { type: 'object', additionalProperties: false, properties: { replicas: { type: 'integer' } } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      any: { type: 'object', properties: {} },
      list: {
        type: 'array',
        items: { type: 'object', additionalProperties: false, properties: { a: { type: 'string' } } },
      },
    },
  });
});

test('numbers or texts, and nulls, are what the API server takes', () => {
  expect(strict({ type: 'string', format: 'int-or-string' })).toEqual({
    anyOf: [{ type: 'integer' }, { type: 'string' }],
  });
  expect(strict({ type: 'object', nullable: true })).toEqual({ type: ['object', 'null'], nullable: true });
});

test('a definition brings all that it refers to, also what refers back', () => {
  const ref = (name: string) => ({ $ref: `#/definitions/${name}` });
  const schema = closureOf('A', {
    A: { properties: { b: ref('B'), size: ref('io.k8s.apimachinery.pkg.api.resource.Quantity') } },
    B: { properties: { a: ref('A') } },
    C: { type: 'string' },
    'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'string' },
  });
  expect(Object.keys(schema.definitions ?? {})).toEqual([
    'A',
    'B',
    'io.k8s.apimachinery.pkg.api.resource.Quantity',
  ]);
  expect(schema).toHaveProperty(['definitions', 'A', 'additionalProperties'], false);
});
