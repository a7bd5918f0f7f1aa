/**
 * The reference registry as a process. DATABASE_URL and PORT say where; GONGSHI_FAULTS=1 (tests only)
 * adds the fault switch. Tells its parent when it listens, stops on SIGTERM.
 */
import { createRegistry } from '../registry/server.ts';

const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set');

const registry = await createRegistry({
  databaseUrl,
  faults: process.env['GONGSHI_FAULTS'] === '1',
});

// Loopback only: it trusts whoever reaches it, as a stand-in may.
const server = registry.app.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', (error) => {
  if (error !== undefined) throw error;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.send?.({ type: 'ready', url: `http://127.0.0.1:${port}` });
});

function stop(): void {
  server.close(() => {
    registry.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  server.closeAllConnections();
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// Our parent was killed outright, and perhaps the guard that would tell us.
process.once('disconnect', stop);
