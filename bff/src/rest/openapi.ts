import { z } from 'zod';
import { createDocument, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { productsQuery } from './query.ts';
import { categoryList, problem, productDetail, productList } from './shapes.ts';

const problems = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problem } },
});

const always: ZodOpenApiResponsesObject = {
  '429': problems('Too many requests: see the header `Retry-After`.'),
  '500': problems('A fault of ours; tell us the `requestId`.'),
  '503': problems('A service that is needed is away: see the header `Retry-After`.'),
};

/** The REST API in OpenAPI 3.1, made of the very schemas that parse requests and shape answers. */
export function openApiDocument(shop: { name: string; url: string }) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: `${shop.name} API`,
      version: '1.0.0',
      description:
        'Reads the catalogue. Amounts of money are integers of minor units. Errors are `application/problem+json`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server' }],
    paths: {
      '/api/v1/products': {
        get: {
          operationId: 'listProducts',
          summary: 'Search and list products',
          tags: ['Products'],
          requestParams: { query: productsQuery },
          responses: {
            '200': {
              description: 'One page of products.',
              content: { 'application/json': { schema: productList } },
            },
            '304': { description: 'Not changed since the `ETag` in `If-None-Match`.' },
            '400': problems('A parameter is unknown or wrong: `errors` names it.'),
            ...always,
          },
        },
      },
      '/api/v1/products/{handle}': {
        get: {
          operationId: 'getProduct',
          summary: 'One product with its variants',
          tags: ['Products'],
          requestParams: { path: z.object({ handle: z.string() }) },
          responses: {
            '200': {
              description: 'The product.',
              content: { 'application/json': { schema: productDetail } },
            },
            '304': { description: 'Not changed since the `ETag` in `If-None-Match`.' },
            '308': { description: 'The product has another handle now: see the header `Location`.' },
            '404': problems('There is no such product.'),
            ...always,
          },
        },
      },
      '/api/v1/categories': {
        get: {
          operationId: 'listCategories',
          summary: 'The tree of categories',
          tags: ['Categories'],
          responses: {
            '200': {
              description: 'The categories at the root, each with its children.',
              content: { 'application/json': { schema: categoryList } },
            },
            '304': { description: 'Not changed since the `ETag` in `If-None-Match`.' },
            ...always,
          },
        },
      },
    },
  });
}
