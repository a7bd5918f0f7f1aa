import { open, readFile, rename } from 'node:fs/promises';

/**
 * Writes a small file whole or not at all: beside it, flushed, then renamed, so that a power cut leaves
 * the old content or the new one.
 */
export async function writeWhole(file: string, text: string, mode = 0o644): Promise<void> {
  const fresh = `${file}.new`;
  const handle = await open(fresh, 'w', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}

/** The JSON of a small file; undefined when there is none, or one that a crash of former days cut short. */
export async function findJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Half a file says nothing that could be relied on.
    return undefined;
  }
}
