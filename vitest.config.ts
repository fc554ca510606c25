import { defineConfig } from 'vitest/config';

// Plain `npm test` runs what needs nothing but npm. Tests that start real servers or browsers are "*.integration.test.ts"
// and run by `npm run test:integration`.
const integration = process.env.SCANLOT_INTEGRATION === '1';

export default defineConfig({
  test: {
    include: [integration ? 'test/**/*.integration.test.ts' : 'test/**/*.test.ts'],
    exclude: integration ? [] : ['test/**/*.integration.test.ts'],
    testTimeout: integration ? 120_000 : 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // Integration tests start servers of their own, which need a core.
    ...(integration ? {} : { maxWorkers: '100%' }),
    // No test replaces modules: loading them once a process saves nearly half of the processor time.
    isolate: false,
  },
});
