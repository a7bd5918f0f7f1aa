// 看护进程 — ends the services of a parent that is gone, however it went: a SIGKILL of the parent
// leaves PostgreSQL and Temporal running otherwise. Plain JavaScript, so that it starts in 30 ms, and
// CommonJS, so that it listens before the first message or the end of the channel can arrive.
const { rmSync } = require('node:fs');

const watched = new Map();
const temporaryFolders = new Set();
const GRACE_MS = 10_000;

/** @param {number} pid @param {string | 0} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false; // It is gone already, which is what we want.
  }
}

async function endAll() {
  const newestFirst = [...watched].reverse();
  for (const [pid, signal] of newestFirst) send(pid, signal);
  const giveUpAt = Date.now() + GRACE_MS;
  while (newestFirst.some(([pid]) => send(pid, 0)) && Date.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const [pid] of newestFirst) send(-pid, 'SIGKILL');
  for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

process.on('message', ({ watch, forget, signal, temporaryFolder }) => {
  if (watch !== undefined) watched.set(watch, signal);
  if (forget !== undefined) watched.delete(forget);
  if (temporaryFolder !== undefined) temporaryFolders.add(temporaryFolder);
});
process.on('disconnect', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
