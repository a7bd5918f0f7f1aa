import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import './provided.ts';

/** A database of its own for one test file. */
export type TestDatabase = {
  /** Connection address for the application's role: what a service gets as DATABASE_URL. */
  readonly databaseUrl: string;
  /** Removes it, cutting whatever connection is still open. */
  readonly drop: () => Promise<void>;
};

/**
 * A fresh database with all tables and no rows, copied from the template in some 50 ms, so that test
 * files run side by side.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  // Whoever writes the record chains its events; in tests the key protects nothing.
  process.env['GONGSHI_CHAIN_KEY'] ??= 'chain key of the tests, 32 or longer';
  const { adminDatabaseUrl, templateDatabaseUrl } = inject('services');
  const url = new URL(templateDatabaseUrl);
  const template = url.pathname.slice(1);
  const name = `test_${randomBytes(8).toString('hex')}`;
  url.pathname = `/${name}`;
  const admin = postgres(adminDatabaseUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${template} owner ${url.username}`);
  return {
    databaseUrl: url.href,
    async drop() {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end({ timeout: 5 });
    },
  };
}
