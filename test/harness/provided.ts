/** What the global setup hands to test files. All plain data: it crosses a process boundary. */
export type TestServices = {
  /** Superuser's address of the run's PostgreSQL, for making and dropping databases. */
  readonly adminDatabaseUrl: string;
  /** Address of the template database for the application's role; its name is to be replaced. */
  readonly templateDatabaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** Undefined while workflows/index.ts does not exist. */
  readonly workflowBundlePath: string | undefined;
};

declare module 'vitest' {
  export interface ProvidedContext {
    services: TestServices;
  }
}
