/** 代码表 — the registry's vocabularies (policy §15.3), read from policies/codes. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const CODES_FILE = new URL('./codes/registry-codes.yaml', import.meta.url);

const Code = z.strictObject({
  word: z.string().min(1),
  /** What this project's types call it; lists without it are kept as words. */
  value: z.string().min(1).optional(),
  /** The only sex a relation admits (§15.4). */
  sex: z.enum(['男', '女']).optional(),
});

const CodeListFile = z
  .strictObject({
    heading: z.string().min(1),
    source: z.string().min(1),
    verified: z.boolean(),
    multiple: z.boolean().default(false),
    codes: z.array(Code).min(1),
  })
  .superRefine((list, context) => {
    const words = list.codes.map((code) => code.word);
    if (new Set(words).size !== words.length) {
      context.addIssue({ code: 'custom', message: `${list.heading}：代码重复` });
    }
  });

const CodesFile = z.strictObject({
  lists: z.strictObject({
    sex: CodeListFile,
    yesNo: CodeListFile,
    relation: CodeListFile,
    education: CodeListFile,
    schooling: CodeListFile,
    health: CodeListFile,
    labour: CodeListFile,
    politics: CodeListFile,
    attribute: CodeListFile,
    status: CodeListFile,
    supportMode: CodeListFile,
    standard: CodeListFile,
    cause: CodeListFile,
    solved: CodeListFile,
    housingGrade: CodeListFile,
    monitoringClass: CodeListFile,
  }),
});

/** One vocabulary: its Chinese heading, where it is from, whether checked, its words. */
export type CodeList = z.output<typeof CodeListFile>;

/** All vocabularies by key. */
export type CodeLists = z.output<typeof CodesFile>['lists'];

/** Key of a vocabulary. */
export type CodeListKey = keyof CodeLists;

/** Reads a file of vocabularies; throws a ZodError (or YAML error) that names what is wrong. */
export function parseCodeLists(yamlText: string): CodeLists {
  return CodesFile.parse(parse(yamlText)).lists;
}

/** The vocabularies as shipped. A broken shipped file stops the start. */
export function loadCodeLists(file: URL = CODES_FILE): CodeLists {
  return parseCodeLists(readFileSync(file, 'utf8'));
}

/** The value a word stands for (the word itself where the list gives none); undefined if unknown. */
export function findCodeValue(list: CodeList, word: string): string | undefined {
  const code = list.codes.find((each) => each.word === word);
  return code === undefined ? undefined : (code.value ?? code.word);
}

/** The first word with this value: what an exported roll shows. */
export function findCodeWord(list: CodeList, value: string): string | undefined {
  return list.codes.find((each) => (each.value ?? each.word) === value)?.word;
}
