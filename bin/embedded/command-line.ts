import { StartFailure } from './start-failure.ts';

/** Runs a command for a person: an expected failure is shown as its message, a bug with its stack. */
export async function runCommand(work: () => Promise<void>): Promise<never> {
  try {
    await work();
    process.exit(process.exitCode ?? 0);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  }
}

/** The command's only argument, a file; refuses any other number of arguments. */
export function fileArgument(usage: string): string {
  const [file, ...rest] = process.argv.slice(2);
  if (file === undefined || rest.length > 0) throw new StartFailure(`用法:${usage}`);
  return file;
}
