import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { always, problems } from './openapi-problems.ts';
import {
  auditListAnswer,
  auditQuery,
  credentials,
  loginAnswer,
  meAnswer,
  orderAnswer,
  orderListAnswer,
  ordersQuery,
  refreshRequest,
  secondFactorAnswer,
  tokensAnswer,
} from './personal-shapes.ts';

const either = [{ apiKey: [] }, { accessToken: [] }];
const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const ok = (description: string, schema: z.ZodType): ZodOpenApiResponseObject => ({
  description,
  ...json(schema),
});

const needsLogin = {
  '401': problems('There is no bearer token, or it is none of ours, expired or revoked.'),
};
const needsPermission = (permission: string) => ({
  ...needsLogin,
  '403': problems(`The key or the account lacks \`${permission}\`.`),
});
const badInput = { '400': problems('A parameter is unknown or wrong: `errors` names it.') };

/** The part of the API that is for who asks only. */
export const personalPaths: ZodOpenApiPathsObject = {
  '/api/v1/me': {
    get: {
      operationId: 'getMe',
      summary: 'Who asks, and what they may do',
      tags: ['Account'],
      security: either,
      responses: { '200': ok('Who asks.', meAnswer), ...needsLogin, ...always },
    },
  },
  '/api/v1/orders': {
    get: {
      operationId: 'listOrders',
      summary: 'All orders, the newest first',
      tags: ['Orders'],
      security: either,
      requestParams: { query: ordersQuery },
      responses: {
        '200': ok('One page of orders.', orderListAnswer),
        ...badInput,
        ...needsPermission('orders:read:all'),
        ...always,
      },
    },
  },
  '/api/v1/orders/{number}': {
    get: {
      operationId: 'getOrder',
      summary: 'One order with its lines and history',
      tags: ['Orders'],
      security: either,
      requestParams: { path: z.object({ number: z.string() }) },
      responses: {
        '200': ok('The order.', orderAnswer),
        ...needsPermission('orders:read:all'),
        '404': problems('There is no such order.'),
        ...always,
      },
    },
  },
  '/api/v1/audit-events': {
    get: {
      operationId: 'listAuditEvents',
      summary: 'What was done, by whom and from where, the newest first',
      tags: ['Audit'],
      security: either,
      requestParams: { query: auditQuery },
      responses: {
        '200': ok('One page of events.', auditListAnswer),
        ...badInput,
        ...needsPermission('audit:read'),
        ...always,
      },
    },
  },
  '/api/v1/auth/login': {
    post: {
      operationId: 'logIn',
      summary: 'Log in from an app',
      description: 'Tries are slowed down by account and by network: see `Retry-After`.',
      tags: ['Log-in'],
      security: [],
      requestBody: { required: true, ...json(credentials) },
      responses: {
        '200': ok('Logged in, or asked for a second factor.', loginAnswer),
        ...badInput,
        '401': problems('E-mail address and password do not fit: which of them is not told.'),
        ...always,
      },
    },
  },
  '/api/v1/auth/second-factor': {
    post: {
      operationId: 'completeSecondFactor',
      summary: 'The second step of a log-in',
      tags: ['Log-in'],
      security: [],
      requestBody: { required: true, ...json(secondFactorAnswer) },
      responses: {
        '200': ok('Logged in.', loginAnswer),
        ...badInput,
        '401': problems('The code is wrong.'),
        '404': problems('The log-in is too old, or was tried too often: begin anew.'),
        ...always,
      },
    },
  },
  '/api/v1/auth/refresh': {
    post: {
      operationId: 'refreshTokens',
      summary: 'Change a refresh token for new tokens',
      description:
        'A refresh token works once, within 7 days. One that comes twice ends the session, so refresh one at a time.',
      tags: ['Log-in'],
      security: [],
      requestBody: { required: true, ...json(refreshRequest) },
      responses: {
        '200': ok('New tokens.', tokensAnswer),
        ...badInput,
        '401': problems('The token is used, too old or none of ours: log in again.'),
        ...always,
      },
    },
  },
  '/api/v1/auth/logout': {
    post: {
      operationId: 'logOut',
      summary: 'End the session of a refresh token',
      tags: ['Log-in'],
      security: [],
      requestBody: { required: true, ...json(refreshRequest) },
      responses: { '204': { description: 'Ended, or none of ours.' }, ...badInput, ...always },
    },
  },
};
