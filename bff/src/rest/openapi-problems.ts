import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { problem } from './shapes.ts';

/** A refusal, and what it means here. */
export const problems = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problem } },
});

/** What any request may meet. */
export const always: ZodOpenApiResponsesObject = {
  '429': problems('Too many requests: see the header `Retry-After`.'),
  '500': problems('A fault of ours; tell us the `requestId`.'),
  '503': problems('A service that is needed is away: see the header `Retry-After`.'),
};
