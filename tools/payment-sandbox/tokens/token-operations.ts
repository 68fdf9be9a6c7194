import { z } from 'zod';
import { expand } from '../api/parameters.ts';
import { findOrRefuse, type Operation, operation } from '../call.ts';
import { createToken, createTokenParameters } from './create-token.ts';

export const tokenOperations: Operation[] = [
  // What Stripe.js calls: Stripe has no such call for secret keys, which make tokens in tests by the next one.
  operation({
    name: 'confirmation_tokens.create',
    method: 'POST',
    path: '/v1/confirmation_tokens',
    isPublishable: true,
    input: createTokenParameters,
    run: createToken,
  }),
  operation({
    name: 'test_helpers.confirmation_tokens.create',
    method: 'POST',
    path: '/v1/test_helpers/confirmation_tokens',
    input: createTokenParameters.omit({
      use_stripe_sdk: true,
      billing_details: true,
      customer_session_client_secret: true,
    }),
    run: createToken,
  }),
  operation({
    name: 'confirmation_tokens.retrieve',
    method: 'GET',
    path: '/v1/confirmation_tokens/:id',
    input: z.strictObject(expand),
    run: (call) => findOrRefuse(call, 'confirmation_token'),
  }),
];
