import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { personalPaths } from './openapi-personal.ts';
import { always, problems } from './openapi-problems.ts';
import { productQuery, productsQuery } from './query.ts';
import { categoryList, productDetail, productList, regionList } from './shapes.ts';

/** The REST API in OpenAPI 3.1, made of the very schemas that parse requests and shape answers. */
export function openApiDocument(shop: { name: string; url: string }) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: `${shop.name} API`,
      version: '1.0.0',
      description: [
        'Amounts of money are integers of minor units. Errors are `application/problem+json`.',
        'The catalogue is open to all; everything else needs `Authorization: Bearer` with an API key or an access token.',
      ].join(' '),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server' }],
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'souk_…',
          description: 'For programs: a key that staff have made. It may do what its scopes say.',
        },
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'For apps: of `/api/v1/auth/login`, good for 15 minutes.',
        },
      },
    },
    paths: {
      ...personalPaths,
      '/api/v1/products': {
        get: {
          operationId: 'listProducts',
          summary: 'Search and list products',
          tags: ['Products'],
          security: [{}, { apiKey: [] }, { accessToken: [] }],
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
          security: [{}, { apiKey: [] }, { accessToken: [] }],
          requestParams: { path: z.object({ handle: z.string() }), query: productQuery },
          responses: {
            '200': {
              description: 'The product.',
              content: { 'application/json': { schema: productDetail } },
            },
            '304': { description: 'Not changed since the `ETag` in `If-None-Match`.' },
            '308': { description: 'The product has another handle now: see the header `Location`.' },
            '400': problems('The region is none.'),
            '404': problems('There is no such product, or it is not sold in the region.'),
            ...always,
          },
        },
      },
      '/api/v1/regions': {
        get: {
          operationId: 'listRegions',
          summary: 'Where one can shop, in which currency',
          tags: ['Regions'],
          security: [{}, { apiKey: [] }, { accessToken: [] }],
          responses: {
            '200': {
              description: 'The regions.',
              content: { 'application/json': { schema: regionList } },
            },
            '304': { description: 'Not changed since the `ETag` in `If-None-Match`.' },
            ...always,
          },
        },
      },
      '/api/v1/categories': {
        get: {
          operationId: 'listCategories',
          summary: 'The tree of categories',
          tags: ['Categories'],
          security: [{}, { apiKey: [] }, { accessToken: [] }],
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
