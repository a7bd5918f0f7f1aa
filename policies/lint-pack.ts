/** 规则包检查 — what a pack may not say even though it can be read. */

import { isWithin, orgCode } from '../domain/organisation/org-code.ts';
import { PROCEDURES, type ProcedureId } from '../domain/plan/plan.ts';
import { lintAgainstParent } from './lint-parent.ts';
import { lineageOf, type PackLibrary } from './load-packs.ts';
import { type MergedRules, mergeLineage } from './merge-lineage.ts';
import type { Pack, PackDue, PackProcedure, PackStep, ValueFile } from './pack-file.ts';
import {
  isWholeYear,
  measureOf,
  Period,
  VALUE_KEYS,
  VALUE_SHAPES,
  VALUE_WORDS,
  type ValueKey,
} from './pack-values.ts';

/** Which rule a pack breaks. */
export type LintCode =
  | 'CLAUSE-MISSING' // 没有条款
  | 'CLAUSE-REDEFINED' // 条款重名
  | 'BELOW-FLOOR' // 低于上级底线
  | 'ABOVE-BOUND' // 层层加码
  | 'VALUE-CHANGED' // 改动上级已核实的值 (G-27)
  | 'WINDOW-NOT-A-YEAR' // 收入周期不是一周年
  | 'STEP-DROPPED' // 缺上级的环节
  | 'GUARD-DROPPED' // 缺上级的条件
  | 'STEP-LOOSENED' // 放宽上级的环节
  | 'SECONDS' // 以秒计
  | 'ROLLING-NOTICE' // 公示期顺延
  | 'STRAY-STEP' // 指向不存在的环节
  | 'STEP-REPEATED' // 环节重复
  | 'IDLE-GUARD' // 条件放在不判断的环节
  | 'DIVERT-MISPLACED' // 转办放在不能转办的环节
  | 'FOLLOW-UP-MISSING' // 排查发现的问题无处立案
  | 'RUNG-REPEATED' // 提醒重名
  | 'CALENDAR-ESCALATION' // 按自然日升级
  | 'INCOMPLETE' // 不能形成规则
  | 'OUTSIDE-PARENT'; // 超出上级地域

/** Kinds whose commands run the step's guards; on any other a guard would never be asked. */
const JUDGING_KINDS: ReadonlySet<PackStep['kind']> = new Set([
  'collect',
  'assembly',
  'comparison',
  'verification',
  'certification',
  'review',
  'decision',
  'opening',
  'registration',
]);

/** 检查结果: any finding stops a pack from being published. */
export interface LintFinding {
  readonly packId: string;
  readonly code: LintCode;
  readonly path: string;
  readonly words: string;
}

type Found = Omit<LintFinding, 'packId'>;

/** Every finding in every pack of the library; empty for a library fit to be published. */
export function lintLibrary(library: PackLibrary): LintFinding[] {
  return [...library.packs.values()].flatMap(({ pack }) => {
    const lineage = lineageOf(library, pack.id);
    const above = lineage.slice(0, -1);
    const found: Found[] = [
      ...lintArea(pack, above),
      ...lintClauses(pack, above),
      ...lintValues(pack, above),
      ...lintBounds(pack, above),
      ...lintReminders(pack),
      ...lintScreening(lineage),
      ...PROCEDURES.flatMap((procedure) => lintProcedure(lineage, procedure)),
    ];
    return found.map((each) => ({ packId: pack.id, ...each }));
  });
}

function lintArea(pack: Pack, above: readonly Pack[]): Found[] {
  const parent = above.at(-1);
  if (parent === undefined || isWithin(orgCode(pack.areaCode), orgCode(parent.areaCode))) return [];
  const words = `${pack.areaCode}不在上级规则包的地域${parent.areaCode}之内`;
  return [{ code: 'OUTSIDE-PARENT', path: 'areaCode', words }];
}

function lintClauses(pack: Pack, above: readonly Pack[]): Found[] {
  const found: Found[] = [];
  const known = new Set(above.flatMap((each) => Object.keys(each.clauses)));
  for (const id of Object.keys(pack.clauses)) {
    if (known.has(id)) {
      const words = `条款${id}在上级规则包中已有，不得重名`;
      found.push({ code: 'CLAUSE-REDEFINED', path: `clauses.${id}`, words });
    }
    known.add(id);
  }
  const { clauses: _, citations = {}, ...rest } = pack;
  const cited = Object.entries(citations).flatMap(([key, id]) =>
    id === undefined ? [] : [{ path: `citations.${key}`, id }],
  );
  for (const { path, id } of [...clausesNamedIn(rest, ''), ...cited]) {
    if (known.has(id)) continue;
    found.push({ code: 'CLAUSE-MISSING', path, words: `没有条款${id}：每条规则都须有出处` });
  }
  return found;
}

/** Every `clause: id` anywhere in a pack, with its path. */
function clausesNamedIn(content: unknown, path: string): { path: string; id: string }[] {
  if (content === null || typeof content !== 'object') return [];
  return Object.entries(content).flatMap(([key, value]: [string, unknown]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (key === 'clause' && typeof value === 'string') return [{ path: at, id: value }];
    return clausesNamedIn(value, at);
  });
}

function lintValues(pack: Pack, above: readonly Pack[]): Found[] {
  return VALUE_KEYS.flatMap((key) => {
    const file = pack.values[key];
    if (file === undefined) return [];
    return [
      ...lintAgainstBounds(key, file, [...above, pack]),
      ...lintAgainstVerified(key, file, pack, above),
      ...lintWindow(key, file),
      ...lintPeriod(`values.${key}`, file.value, pack, key.startsWith('notice.')),
      ...lintPeriod(`values.${key}`, file.suggested, pack, key.startsWith('notice.')),
    ];
  });
}

function lintAgainstBounds(key: ValueKey, file: ValueFile, lineage: readonly Pack[]): Found[] {
  const measure = measureOf(file.value ?? file.suggested);
  if (measure === undefined) return [];
  const path = `values.${key}`;
  return lineage
    .flatMap((pack) => pack.bounds)
    .filter((bound) => bound.value === key)
    .flatMap(({ min, max }): Found[] => {
      if (min !== undefined && measure < min) {
        return [{ code: 'BELOW-FLOOR', path, words: `${VALUE_WORDS[key]}低于上级规定的下限` }];
      }
      if (max !== undefined && measure > max) {
        const words = `${VALUE_WORDS[key]}超过上级规定的上限，属层层加码`;
        return [{ code: 'ABOVE-BOUND', path, words }];
      }
      return [];
    });
}

/**
 * 既不提高也不降低 (G-27): a verified value above stands unless the pack above declared bounds for it. The
 * value of one year's campaign is no law of another year's.
 */
function lintAgainstVerified(
  key: ValueKey,
  file: ValueFile,
  { year }: Pack,
  above: readonly Pack[],
): Found[] {
  const set = above.findLast(
    (pack) => pack.values[key]?.verified === true && (pack.year === null || pack.year === year),
  )?.values[key];
  if (set === undefined || JSON.stringify(set.value) === JSON.stringify(file.value)) return [];
  if (above.some((pack) => pack.bounds.some((bound) => bound.value === key))) return [];
  const words = `${VALUE_WORDS[key]}上级已有核实的规定，既不提高也不降低`;
  return [{ code: 'VALUE-CHANGED', path: `values.${key}`, words }];
}

/** 以一周年为基数: from a day to the day before it in the next year. */
function lintWindow(key: ValueKey, { value }: ValueFile): Found[] {
  if (key !== 'income.window') return [];
  const window = VALUE_SHAPES[key].safeParse(value);
  if (!window.success || isWholeYear(window.data)) return [];
  const words = '收入计算周期须为一周年';
  return [{ code: 'WINDOW-NOT-A-YEAR', path: `values.${key}`, words }];
}

function lintPeriod(path: string, value: unknown, pack: Pack, isNotice: boolean): Found[] {
  const period = Period.safeParse(value);
  if (!period.success) return [];
  const found: Found[] = [];
  if (period.data.unit === 'SECOND' && pack.kind !== 'bench') {
    found.push({ code: 'SECONDS', path, words: '期间以秒计只限性能测试用规则包' });
  }
  if (isNotice && period.data.rollToWorkday) {
    found.push({ code: 'ROLLING-NOTICE', path, words: '公示期不顺延' });
  }
  return found;
}

/** A pack may narrow bounds that it inherits, never widen them. */
function lintBounds(pack: Pack, above: readonly Pack[]): Found[] {
  const inherited = above.flatMap((each) => each.bounds);
  return pack.bounds.flatMap((bound, index) =>
    inherited
      .filter((each) => each.value === bound.value)
      .flatMap((each): Found[] => {
        const path = `bounds.${index}`;
        if (bound.min !== undefined && each.min !== undefined && bound.min < each.min) {
          return [{ code: 'BELOW-FLOOR', path, words: '下限低于上级规定的下限' }];
        }
        if (bound.max !== undefined && each.max !== undefined && bound.max > each.max) {
          return [{ code: 'ABOVE-BOUND', path, words: '上限高于上级规定的上限' }];
        }
        return [];
      }),
  );
}

function lintProcedure(lineage: readonly Pack[], procedure: ProcedureId): Found[] {
  const pack = lineage.at(-1);
  const part = pack?.procedures[procedure];
  if (pack === undefined || part === undefined) return [];
  const rules = mergeLineage(lineage, procedure);
  const path = `procedures.${procedure}`;
  const { steps, strays } = rules.procedure;
  const keys = steps.map((step) => step.key);
  const found: Found[] = strays.map((key) => {
    return { code: 'STRAY-STEP', path, words: `没有环节${key}` };
  });
  for (const key of keys.filter((each, index) => keys.indexOf(each) !== index)) {
    found.push({ code: 'STEP-REPEATED', path, words: `环节${key}重复` });
  }
  for (const step of steps) {
    if (step.guards.length === 0 || JUDGING_KINDS.has(step.kind)) continue;
    found.push({
      code: 'IDLE-GUARD',
      path,
      words: `${step.name}环节不判断条件，条件须放在别的环节`,
    });
  }
  found.push(...lintDiversions(steps, path));
  found.push(...lintReadOut(steps, path), ...lintDue(part, pack, path));
  if (steps.length > 0) found.push(...lintFloors(lineage, procedure, steps, path));
  found.push(...lintAgainstParent(lineage, procedure));
  if (pack.year !== null) found.push(...lintComplete(rules, path));
  return found;
}

/** 转办: only where a household is visited can it still be sent elsewhere before anybody spoke about it. */
function lintDiversions(steps: readonly PackStep[], path: string): Found[] {
  return steps
    .filter((step) => step.kind !== 'collect' && step.guards.some(({ mode }) => mode === 'divert'))
    .map(({ name }) => ({
      code: 'DIVERT-MISPLACED',
      path,
      words: `${name}环节不能转办，转办的条件须放在采集环节`,
    }));
}

/** 排查发现的去向: a procedure that the place has, else what is found could never become a case. */
function lintScreening(lineage: readonly Pack[]): Found[] {
  const followUps = lineage.at(-1)?.screening?.followUps ?? [];
  return followUps
    .filter(({ procedure }) => mergeLineage(lineage, procedure).procedure.steps.length === 0)
    .map(({ finding, procedure }) => ({
      code: 'FOLLOW-UP-MISSING',
      path: `screening.followUps.${finding}`,
      words: `本规则包没有程序${procedure}，排查发现的问题无处立案`,
    }));
}

/** A rung is known by its key when it has fired; what goes to a superior is not spent over a weekend. */
function lintReminders({ reminders }: Pack): Found[] {
  const ladder = reminders?.ladder ?? [];
  const keys = ladder.map(({ key }) => key);
  return ladder.flatMap(({ key, unit, to }, index): Found[] => {
    const path = `reminders.${key}`;
    return [
      ...(keys.indexOf(key) === index
        ? []
        : [{ code: 'RUNG-REPEATED' as const, path, words: `提醒${key}重复` }]),
      ...(to === 'superior' && unit !== 'WORKING'
        ? [{ code: 'CALENDAR-ESCALATION' as const, path, words: '报上级的提醒须按工作日计' }]
        : []),
    ];
  });
}

function lintReadOut(steps: readonly PackStep[], path: string): Found[] {
  return steps.flatMap((step, index): Found[] => {
    if (step.kind !== 'assembly' || step.readOut === null) return [];
    const earlier = steps.slice(0, index);
    const isThere = earlier.some(({ key, kind }) => kind === 'comparison' && key === step.readOut);
    if (isThere) return [];
    return [{ code: 'STRAY-STEP', path, words: `${step.name}之前没有比对环节${step.readOut}` }];
  });
}

function lintDue(part: PackProcedure, pack: Pack, path: string): Found[] {
  const rules: (PackDue | null | undefined)[] = [...part.due.map((due) => due.rule), part.outerDue];
  return rules.flatMap((rule) =>
    rule && 'period' in rule ? lintPeriod(`${path}.due`, rule.period, pack, false) : [],
  );
}

/** 底线: the kinds of every floor above occur in their order, and every guard is placed and refuses. */
function lintFloors(
  lineage: readonly Pack[],
  procedure: ProcedureId,
  steps: readonly PackStep[],
  path: string,
): Found[] {
  return lineage.flatMap((pack): Found[] => {
    const floor = pack.procedures[procedure]?.floor;
    if (floor === undefined) return [];
    const found: Found[] = [];
    let from = 0;
    for (const kind of floor.kinds) {
      const index = steps.findIndex((step, at) => at >= from && step.kind === kind);
      if (index < 0) {
        const words = `缺少上级规定的环节（${kind}），或顺序不对`;
        found.push({ code: 'BELOW-FLOOR', path, words });
        break;
      }
      from = index + 1;
    }
    const refusing = steps.flatMap((step) => step.guards).filter(({ mode }) => mode === 'refuse');
    for (const id of floor.guards) {
      if (refusing.some((guard) => guard.id === id)) continue;
      const words = `缺少上级规定的条件${id}，或把它改成了提醒`;
      found.push({ code: 'BELOW-FLOOR', path, words });
    }
    return found;
  });
}

/** A place's pack must give a plan once its values are confirmed. */
function lintComplete(rules: MergedRules, path: string): Found[] {
  const { title, listLevel, subject, order, steps } = rules.procedure;
  const missing = [
    ...(title === null ? ['名称'] : []),
    ...(listLevel === null ? ['名单层级'] : []),
    ...(subject === null ? ['对象条件'] : []),
    ...(order === null ? ['环节顺序的出处'] : []),
    ...(steps.length === 0 ? ['环节'] : []),
    ...(rules.values['income.window'] === undefined ? ['收入计算周期'] : []),
  ];
  return missing.map((what) => ({ code: 'INCOMPLETE', path, words: `缺少${what}` }));
}
