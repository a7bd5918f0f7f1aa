/** 核定 — which unverified values the office confirmed, and what is still to be confirmed. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { invariant } from '../domain/invariant.ts';
import type { Clause, Confirmation, ProcedureId } from '../domain/plan/plan.ts';
import type { ValueKind } from '../domain/plan/value-words.ts';
import type { MergedRules } from './merge-lineage.ts';
import type { Pack } from './pack-file.ts';
import {
  FileDate,
  isWholeYear,
  measureOf,
  VALUE_KIND_OF,
  VALUE_SHAPES,
  VALUE_WORDS,
  type ValueKey,
  type ValueOf,
} from './pack-values.ts';

const TRAINING_FILE = new URL('./training-confirmations.yaml', import.meta.url);

/**
 * 核定记录 of one path: a ValueKey ('income.line'), or `order.<procedure>` with the list of step keys
 * as its value, so that a chain changed later is not covered by an old confirmation.
 */
export interface ValueConfirmation extends Confirmation {
  readonly value: unknown;
}

/** 待核定: a value that nobody may use yet. `suggested` is null where nothing can be suggested. */
export interface UnconfirmedValue {
  readonly path: string;
  readonly words: string;
  readonly kind: ValueKind;
  readonly suggested: unknown;
  /** 建议的出处: where the suggestion is from; null where a pack names no clause. */
  readonly clause: Clause | null;
}

/** A value ready for use, with the clause under which it is law here. */
export interface UsableValue<K extends ValueKey> {
  readonly value: ValueOf<K>;
  readonly clauseId: string;
}

/** Takes values out of merged rules, and notes on the way what is used and what is missing. */
export class ValueReader {
  readonly unconfirmed: UnconfirmedValue[] = [];
  readonly confirmations: Confirmation[] = [];
  readonly #clauses: Record<string, Clause> = {};
  readonly #rules: MergedRules;
  readonly #lineage: readonly Pack[];
  readonly #given: readonly ValueConfirmation[];

  constructor(rules: MergedRules, lineage: readonly Pack[], given: readonly ValueConfirmation[]) {
    this.#rules = rules;
    this.#lineage = lineage;
    this.#given = given;
  }

  /** 核定 clauses made so far, by id. */
  get clauses(): Readonly<Record<string, Clause>> {
    return this.#clauses;
  }

  /** The value of `key`; undefined after noting that it waits for the office. */
  read<K extends ValueKey>(key: K): UsableValue<K> | undefined {
    const file = this.#rules.values[key];
    const shape: z.ZodType = VALUE_SHAPES[key];
    if (file?.verified === true) {
      return { value: file.value as ValueOf<K>, clauseId: file.clause };
    }
    const suggested = file?.value ?? file?.suggested ?? null;
    const given = this.#confirmationOf(key);
    if (given === undefined) {
      this.#noteValue(key, VALUE_WORDS[key], suggested);
      return undefined;
    }
    const parsed = shape.safeParse(given.value);
    if (!parsed.success || !this.#isWithinBounds(key, parsed.data)) {
      const words = `${VALUE_WORDS[key]}（已核定的值不合规定，须重新核定）`;
      this.#noteValue(key, words, suggested);
      return undefined;
    }
    const clauseId = this.#use(given, VALUE_WORDS[key]);
    return { value: parsed.data as ValueOf<K>, clauseId };
  }

  /** 环节顺序: confirmed once per pack and procedure when no text gives it. */
  readOrder(procedure: ProcedureId): void {
    const { order, steps } = this.#rules.procedure;
    if (order?.verified === true) return;
    const path = `order.${procedure}`;
    const keys = steps.map((step) => step.key);
    const given = this.#confirmationOf(path);
    const words = `环节顺序：${steps.map((step) => step.name).join('→')}`;
    const note = (said: string): void =>
      this.#note({
        path,
        words: said,
        kind: 'order',
        suggested: keys,
        clause: this.#clauseOf(order?.clause),
      });
    if (given === undefined) note(words);
    else if (JSON.stringify(given.value) === JSON.stringify(keys)) this.#use(given, words);
    else note(`${words}（与已核定的顺序不同，须重新核定）`);
  }

  /** The last confirmation given for a path counts. */
  #confirmationOf(path: string): ValueConfirmation | undefined {
    return this.#given.findLast((each) => each.path === path);
  }

  #clauseOf(id: string | undefined): Clause | null {
    return id === undefined ? null : (this.#rules.clauses[id] ?? null);
  }

  #noteValue(key: ValueKey, words: string, suggested: unknown): void {
    const clause = this.#clauseOf(this.#rules.values[key]?.clause);
    this.#note({ path: key, words, kind: VALUE_KIND_OF[key], suggested, clause });
  }

  #note(value: UnconfirmedValue): void {
    if (!this.unconfirmed.some(({ path }) => path === value.path)) this.unconfirmed.push(value);
  }

  #use(given: ValueConfirmation, words: string): string {
    const { path, documentNo, documentOn, by } = given;
    const clauseId = `confirmed.${path}`;
    if (this.#clauses[clauseId] === undefined) {
      this.confirmations.push({ path, documentNo, documentOn, by });
      this.#clauses[clauseId] = {
        document: documentNo,
        article: '领导小组办公室核定',
        quote: `${words}，${by}于${documentOn}核定`,
        source: 'OFFICE',
        verified: true,
      };
    }
    return clauseId;
  }

  #isWithinBounds(key: ValueKey, value: unknown): boolean {
    const window = VALUE_SHAPES['income.window'].safeParse(value);
    if (window.success && !isWholeYear(window.data)) return false;
    const measure = measureOf(value);
    if (measure === undefined) return true;
    return this.#lineage
      .flatMap((pack) => pack.bounds)
      .filter((bound) => bound.value === key)
      .every(({ min = -Infinity, max = Infinity }) => measure >= min && measure <= max);
  }
}

const TrainingFile = z.record(
  z.string(),
  z.strictObject({
    documentNo: z.string().min(1),
    documentOn: FileDate,
    by: z.string().min(1),
    values: z.record(z.string(), z.unknown()),
  }),
);

/** Read once: it is shipped with the code. */
let trainingFile: z.output<typeof TrainingFile> | undefined;

/** 培训用核定值 of a shipped pack: for training instances and tests, never for real lists. */
export function trainingConfirmations(packId: string): readonly ValueConfirmation[] {
  const found = findTrainingConfirmations(packId);
  invariant(found !== undefined, `no training confirmations for ${packId}`);
  return found;
}

/** The same; undefined for a pack that has none: a layer above the places, or a local pack. */
export function findTrainingConfirmations(
  packId: string,
): readonly ValueConfirmation[] | undefined {
  trainingFile ??= TrainingFile.parse(parse(readFileSync(TRAINING_FILE, 'utf8')));
  const file = trainingFile[packId];
  if (file === undefined) return undefined;
  const { documentNo, documentOn, by, values } = file;
  return Object.entries(values).map(([path, value]) => ({
    path,
    value,
    documentNo,
    documentOn,
    by,
  }));
}
