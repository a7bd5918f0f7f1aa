import { defineConfig } from 'vitest/config';

const servicesSetup = 'test/harness/global-setup.ts';

/**
 * How long tests that ask again wait for what they expect. Generous, because it costs nothing when the
 * answer comes and a busy machine must not make a rule look broken.
 */
const expectPatiently = { poll: { timeout: 60_000, interval: 50 } };

/** Files of these folders need PostgreSQL or Temporal, which the global setup starts once a run. */
const systemFolders = [
  'db',
  'activities',
  'workflows',
  'api',
  'replay',
  'registry',
  'scenarios',
  'embedded',
];

export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    projects: [
      {
        test: {
          name: 'domain',
          include: ['test/{domain,policies,scenario,tidy,web}/**/*.test.{ts,tsx}'],
          env: { TZ: 'UTC' },
          maxWorkers: 2,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'system',
          include: [`test/{${systemFolders.join(',')}}/**/*.test.ts`],
          globalSetup: [servicesSetup],
          env: { TZ: 'UTC' },
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: expectPatiently,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'crash',
          include: ['test/crash/**/*.test.ts'],
          globalSetup: [servicesSetup],
          env: { TZ: 'UTC' },
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: expectPatiently,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          env: { TZ: 'UTC' },
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
