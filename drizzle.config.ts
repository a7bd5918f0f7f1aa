import { defineConfig } from 'drizzle-kit';

/** How `npm run db:generate` writes the migrations from the tables; it never talks to a database. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/*.ts',
  out: './db/migrations',
});
