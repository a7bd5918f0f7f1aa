/** A running training instance that scenarios are loaded into, as an evaluator would use it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../bin/embedded/project-paths.ts';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { CountyClient } from './county-client.ts';
import { expectStatus } from './expect-answer.ts';

/** The administrator of every training instance. */
export const ADMIN = '演练管理员';

/** One instance for a test file. */
export interface TrainingGround {
  readonly instance: TestInstance;
  readonly county: CountyClient;
  /** Resets to `test/scenarios/NAME.yaml`. */
  readonly load: (name: string) => Promise<void>;
  /** Resets to YAML written in the test. */
  readonly loadText: (yaml: string) => Promise<void>;
  readonly now: () => Promise<number>;
  /** Moves the clock; the answer's instant as text. */
  readonly advance: (move: Readonly<Record<string, unknown>>) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts it; close it in `afterAll`. With faults, a test may have the registry fail. */
export async function openGround({ faults = false } = {}): Promise<TrainingGround> {
  const instance = await startTestInstance(faults ? { env: { GONGSHI_FAULTS: '1' } } : {});
  const county = new CountyClient(instance.pageUrl);
  const loadText = async (yaml: string): Promise<void> => {
    await county.signIn(ADMIN);
    const answer = await county.yaml(ADMIN, '/scenario', yaml);
    expectStatus(answer, 200);
    county.forgetEverybody();
  };
  return {
    instance,
    county,
    loadText,
    load: async (name) => {
      const file = join(projectRoot, 'test', 'scenarios', `${name}.yaml`);
      await loadText(await readFile(file, 'utf8'));
    },
    now: async () => Number((await county.call(ADMIN, 'GET', '/clock')).json['now']),
    async advance(move) {
      const answer = await county.call(ADMIN, 'POST', '/clock/advance', move);
      expectStatus(answer, 200);
      return String(answer.json['iso']);
    },
    close: () => instance.destroy(),
  };
}
