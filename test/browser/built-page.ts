import { fileURLToPath } from 'node:url';
import { build, type PreviewServer, preview } from 'vite';

const web = fileURLToPath(new URL('../../web', import.meta.url));

/** Builds the page as `npm run build` does: the test runner's own mode would make a page for developers. */
export async function buildPage(): Promise<void> {
  const mode = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await build({ root: web, logLevel: 'error' });
  } finally {
    process.env['NODE_ENV'] = mode;
  }
}

/** The built page alone, without an API: tests answer its requests themselves. */
export async function serveBuiltPage(): Promise<{
  readonly url: string;
  close: () => Promise<void>;
}> {
  await buildPage();
  const server: PreviewServer = await preview({
    root: web,
    logLevel: 'error',
    preview: { port: 0, host: '127.0.0.1' },
  });
  const [url = ''] = server.resolvedUrls?.local ?? [];
  return { url, close: () => server.close() };
}
