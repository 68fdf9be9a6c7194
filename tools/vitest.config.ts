import { defineConfig } from 'vitest/config';
import { repository } from './stack/paths.ts';

const packages = ['telemetry', 'domain', 'bff', 'storefront', 'tools', 'load-tests'];
const filesEndingIn = (ending: string) => packages.map((name) => `${name}/**/*${ending}`);
const never = ['**/node_modules/**', '**/build/**'];

const shared = { root: repository, environment: 'node' as const };

export default defineConfig({
  root: repository,
  test: {
    // Half of what the stack can serve: tests of races need the other half.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: filesEndingIn('.unit.test.ts'),
          exclude: never,
          // properties are tried thousands of times, on whatever machine
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          include: filesEndingIn('.test.ts'),
          exclude: [...never, '**/*.unit.test.ts', '**/*.e2e.test.ts', '**/*.ops.test.ts'],
          globalSetup: 'tools/testing/global-setup.ts',
          setupFiles: 'tools/testing/integration-environment.ts',
          testTimeout: 40_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: filesEndingIn('.e2e.test.ts'),
          exclude: never,
          fileParallelism: false,
          // of what a test file lets run at once: browsers wait more than they work
          maxConcurrency: 3,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        // What needs the tools of operations (npm run tools:install): not part of npm test.
        test: {
          ...shared,
          name: 'ops',
          include: filesEndingIn('.ops.test.ts'),
          exclude: never,
          testTimeout: 120_000,
          // the first time, schemas are fetched
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
