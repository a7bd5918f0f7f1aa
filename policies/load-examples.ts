/** 例证库 — the shipped examples, one file for each pack and procedure or for packs that share a text. */
import { readdirSync, readFileSync } from 'node:fs';
import { type ExampleFile, LAUNCH, parseExamples } from './example-file.ts';

const EXAMPLE_FOLDER = new URL('./examples/', import.meta.url);

/** A file of examples with its name. */
export interface LoadedExamples extends ExampleFile {
  readonly name: string;
}

/** An example file that cannot be read; the message names file and fault. */
export class ExampleFault extends Error {
  override readonly name = 'ExampleFault';
}

/** Reads every shipped file of examples; throws ExampleFault for one that cannot be read. */
export function loadExamples(folder: URL = EXAMPLE_FOLDER): readonly LoadedExamples[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      try {
        return withAlike({ name, ...parseExamples(readFileSync(new URL(name, folder), 'utf8')) });
      } catch (error) {
        throw new ExampleFault(`例证文件${name}无法读取：${String(error)}`, { cause: error });
      }
    });
}

/** The file, and once more for each procedure that runs like its own. */
function withAlike(file: LoadedExamples): LoadedExamples[] {
  const rules = file.rules.filter(({ step }) => step !== LAUNCH);
  const others = file.alike.map((procedure) => ({
    ...file,
    name: `${file.name}（${procedure}）`,
    procedure,
    rules,
  }));
  return [file, ...others];
}
