/** 看护 — what has to end with this process, known to a guard that outlives it (guard.cjs). */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A guard that dies at once is not started again at once. */
const AGAIN_MS = 500;

const watched = new Map<number, NodeJS.Signals>();
const temporaryFolders = new Set<string>();

let guard: ChildProcess | undefined;

/** Whoever is killed with everything else may be the guard itself: another one takes its place. */
function startGuard(): ChildProcess {
  const started = fork(fileURLToPath(new URL('./guard.cjs', import.meta.url)), {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  started.unref();
  started.channel?.unref();
  started.once('exit', () => {
    // Its channel closes before it is reported gone: another one may stand in its place already.
    if (guard === started) guard = undefined;
    if (watched.size > 0) setTimeout(() => tell(), AGAIN_MS).unref();
  });
  for (const [watch, signal] of watched) send(started, { watch, signal });
  for (const temporaryFolder of temporaryFolders) send(started, { temporaryFolder });
  return started;
}

function send(to: ChildProcess, message: object): void {
  // A guard that is just gone: the next one is told everything anew.
  to.send(message, () => {});
}

/** Tells the guard; one that has to be started first is told everything. */
function tell(message?: object): void {
  if (guard?.connected !== true) guard = startGuard();
  else if (message !== undefined) send(guard, message);
}

/** Has a process ended by this signal when we are gone, however we went. Returns how to forget it. */
export function endWithUs(pid: number, signal: NodeJS.Signals): () => void {
  watched.set(pid, signal);
  tell({ watch: pid, signal });
  return () => {
    watched.delete(pid);
    tell({ forget: pid });
  };
}

/** Has a folder removed when we are gone, even when we are killed; for tests and their databases. */
export function removeWhenGone(temporaryFolder: string): void {
  temporaryFolders.add(temporaryFolder);
  tell({ temporaryFolder });
}
