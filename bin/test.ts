import { runVitest } from './vitest-run.ts';

// Everything automated but the browser tests, which need Chromium from the system.
await runVitest(['domain', 'system', 'crash']);
