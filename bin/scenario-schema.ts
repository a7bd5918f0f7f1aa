/** Writes docs/scenario.schema.json from the schema that checks scenario files. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scenarioJsonSchema } from '../scenario/json-schema.ts';
import { projectRoot } from './embedded/project-paths.ts';

const file = join(projectRoot, 'docs', 'scenario.schema.json');
await writeFile(file, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
