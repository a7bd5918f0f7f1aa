import { runCommand } from './embedded/command-line.ts';
import { readMode, runInstance } from './embedded/run-instance.ts';

await runCommand(() => runInstance({ mode: readMode() }));
