/**
 * `npm run soak -- --minutes 10 --seed 1`: soaks with the seeds from 1 on until the minutes are over, each on
 * a system of its own with a database that syncs to disk. Ends with 1 at the first fault.
 */
import { parseArgs } from 'node:util';
import { startTestInstance } from '../harness/test-instance.ts';
import { runSoak, soakLines } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    /** A run without blows: what every walk must pass first. */
    calm: { type: 'boolean', default: false },
    /** Nobody but the system's own supervision brings back what is killed, as under `npm start`. */
    supervised: { type: 'boolean', default: false },
  },
});
const until = Date.now() + Number(values.minutes) * 60_000;

for (let seed = Number(values.seed); Date.now() < until; seed += 1) {
  const instance = await startTestInstance({ durable: true, restarts: values.supervised });
  try {
    process.stdout.write(`seed ${seed}, ${new Date().toISOString()}\n`);
    const report = await runSoak(instance, {
      seed,
      villages: 6,
      listsPerVillage: 2,
      householdsPerList: 3,
      withIdentification: true,
      calmMs: values.calm ? [3_600_000, 3_600_000] : [300, 5_000],
      downMs: [0, 4_000],
      wipePercent: 40,
      isSupervised: values.supervised,
      say: (line) => process.stdout.write(`  ${new Date().toISOString().slice(11, 19)} ${line}\n`),
    });
    process.stdout.write(`${soakLines(report).join('\n')}\n`);
    if (report.faults.length > 0) {
      process.exitCode = 1;
      break;
    }
  } finally {
    await instance.destroy();
  }
}
