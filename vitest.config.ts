import { defineConfig } from 'vitest/config';

const servicesSetup = 'test/harness/global-setup.ts';

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
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'system',
          include: [`test/{${systemFolders.join(',')}}/**/*.test.ts`],
          globalSetup: [servicesSetup],
          env: { TZ: 'UTC' },
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
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
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          env: { TZ: 'UTC' },
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
