/** 场景文件的错误 — each names its place in the file and says in Chinese what is wrong. */
import { z } from 'zod';

/** One fault: `villages[0].households[2].attribute`, and what is wrong there. */
export interface Fault {
  readonly path: string;
  readonly words: string;
}

/** A scenario file that cannot be loaded; nothing of it was. */
export class ScenarioFault extends Error {
  override readonly name = 'ScenarioFault';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ path, words }) => `${path}：${words}`).join('\n'));
    this.faults = faults;
  }
}

/** Collects faults, so that an author sees all at once. */
export class FaultList {
  readonly #found: Fault[] = [];

  add(path: string, words: string): void {
    this.#found.push({ path, words });
  }

  addAll(faults: readonly Fault[]): void {
    this.#found.push(...faults);
  }

  /** Throws when there is any. */
  check(): void {
    if (this.#found.length > 0) throw new ScenarioFault(this.#found);
  }
}

/** `['villages', 0, 'name']` as an author reads it. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key}]`;
    return before === '' ? String(key) : `${before}.${String(key)}`;
  }, '');
  return text === '' ? '整个文件' : text;
}

const chinese = z.locales.zhCN().localeError;

/** Has zod speak Chinese; give it to every `safeParse` of a scenario. */
export const inChinese = { error: chinese };

/** Faults of a file that does not have the shape. */
export function shapeFaults(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => issueFaults(issue, []));
}

function issueFaults(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): Fault[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathText([...path, key]), words: '没有这个项目' }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return nearestBranch(issue.errors).flatMap((inner) => issueFaults(inner, path));
  }
  return [{ path: pathText(path), words: issue.message }];
}

/** Of the forms that a field may have, the one that the author seems to have meant. */
function nearestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]) {
  const isOtherKind = (issues: readonly z.core.$ZodIssue[]): boolean =>
    issues.some(({ code, path }) => path.length === 0 && code === 'invalid_type');
  const meant = branches.filter((issues) => !isOtherKind(issues));
  return [...(meant.length > 0 ? meant : branches)].sort((a, b) => a.length - b.length)[0] ?? [];
}
