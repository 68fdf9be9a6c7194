import { permissions } from '@souk/domain/kernel';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import { appRouter } from './router.ts';

const router: AnyTRPCRouter = appRouter;
const procedures = Object.entries<AnyTRPCProcedure>(router._def.procedures);

describe('every procedure', () => {
  test('is found', () => {
    expect(procedures.length).toBeGreaterThan(15);
  });

  test.each(procedures)(
    '%s declares who may call it and how many statements it may send',
    (_path, procedure) => {
      expect(procedure._def.meta).toEqual({
        permission: expect.toBeOneOf([...permissions]),
        statements: expect.any(Number),
      });
    },
  );

  test.each(procedures)('%s parses what it answers', (_path, procedure) => {
    expect(procedure._def).toHaveProperty('output', expect.anything());
  });
});
