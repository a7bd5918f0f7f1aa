import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** tar's word for "some files changed while they were read". */
export const TAR_FILES_CHANGED = 1;

/** Runs the system's tar. Ends in an error unless it ended with 0, or with a code that is named. */
export async function tar(args: readonly string[], ...alsoFine: readonly number[]): Promise<void> {
  const child = spawn('tar', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const [code] = await once(child, 'close');
  if (code !== 0 && !alsoFine.includes(Number(code))) {
    throw new Error(`tar ended with ${code}: ${errors}`);
  }
}
