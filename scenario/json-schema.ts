import { z } from 'zod';
import { ScenarioFile } from './scenario-file.ts';

/** JSON Schema of scenario files, for editors: what may be written, before defaults and conversions. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(ScenarioFile, { io: 'input', reused: 'ref' });
}
