// 修补驱动 — postgres.js 3.4.9 does not outlive a connection that breaks while it is opened, or held by a
// transaction or a reservation: it ends the whole process by an error that nobody can catch, never flushes
// again on the same place of the pool, answers the next query there with the broken one's error, or runs the
// rest of a broken transaction on whatever connection took that place, outside any transaction. Open
// upstream: porsager/postgres issues 1066, 1154, 1208, pull requests 1168, 1209. Until a release mends it,
// its two files are mended after every install; see docs/dependencies.md.
// Plain JavaScript without dependencies, as launch.mjs.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** For each file what stands there and what has to stand there; each text occurs once. */
const REPAIRS = {
  'connection.js': [
    [
      `    const x = socket.write(chunk, fn)
    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    return x
`,
      `    const x = chunk
    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    if (socket) return socket.write(x, fn)
    error(Errors.connection('CONNECTION_CLOSED', options, socket))
    return false
`,
    ],
    [
      `    incomings = null
    clearImmediate(nextWriteTimer)
`,
      `    incomings = null
    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
`,
    ],
    [
      `    closedTime = performance.now()
    hadError && options.shared.retries++
`,
      `    query = results = errorResponse = null
    closedTime = performance.now()
    hadError && options.shared.retries++
`,
    ],
    [
      `        return fetchArrayTypes()
`,
      `        return fetchArrayTypes().catch(() => {})
`,
    ],
  ],
  'index.js': [
    [
      `    c.reserved.release = true

    const sql = Sql(handler)
    sql.release = () => {
      c.reserved = null
`,
      `    c.reserved.release = true
    let isLost = false
    c.onclose = () => isLost = true

    const sql = Sql(handler)
    sql.release = () => {
      if (isLost) return
      c.reserved = null
`,
    ],
    [
      `    function handler(q) {
      c.queue === full
        ? queue.push(q)
`,
      `    function handler(q) {
      if (isLost) return q.reject(Errors.connection('CONNECTION_CLOSED', options))
      c.queue === full
        ? queue.push(q)
`,
    ],
    [
      `    let savepoints = 0
      , connection
`,
      `    let savepoints = 0
      , isLost = false
      , connection
`,
    ],
    [
      `        new Promise((_, reject) => connection.onclose = reject)
`,
      `        new Promise((_, reject) => connection.onclose = e => (isLost = true, reject(e)))
`,
    ],
    [
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full
`,
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (isLost) return q.reject(Errors.connection('CONNECTION_CLOSED', options))
        c.queue === full
`,
    ],
  ],
};

/** Mends the installed driver where it is not mended yet. Throws when it is another one than expected. */
export function mendDriver() {
  for (const [name, repairs] of Object.entries(REPAIRS)) {
    const file = fileURLToPath(new URL(`../node_modules/postgres/src/${name}`, import.meta.url));
    const found = readFileSync(file, 'utf8');
    const mended = repairs.reduce(
      (text, [before, after]) => mend(name, text, before, after),
      found,
    );
    if (mended === found) continue;
    // Renamed, not overwritten: package managers share files between checkouts by hard links.
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, mended);
    renameSync(fresh, file);
  }
}

function mend(name, text, before, after) {
  if (text.includes(after)) return text;
  if (text.split(before).length !== 2) {
    throw new Error(`node_modules/postgres/src/${name} is not the version that is mended here`);
  }
  return text.replace(before, () => after);
}
