/**
 * Policy packs: `npm run packs -- lint` names every breach in the shipped packs and ends with 1 if there
 * is one; `npm run packs -- show ID` prints a pack's lineage, chains and values with their clauses.
 */
import { PROCEDURES } from '../domain/plan/plan.ts';
import { lintLibrary } from '../policies/lint-pack.ts';
import { lineageOf, loadPacks, type PackLibrary } from '../policies/load-packs.ts';
import { mergeLineage } from '../policies/merge-lineage.ts';
import { VALUE_KEYS, VALUE_WORDS } from '../policies/pack-values.ts';

const [action, packId] = process.argv.slice(2);
const library = loadPacks();
if (action === 'lint') process.exitCode = lint(library);
else if (action === 'show' && packId !== undefined && library.packs.has(packId)) {
  process.stdout.write(`${shownPack(library, packId).join('\n')}\n`);
} else {
  const ids = [...library.packs.keys()].join('、');
  process.stderr.write(`用法：npm run packs -- lint | show 规则包\n规则包：${ids}\n`);
  process.exitCode = 2;
}

function lint(packs: PackLibrary): number {
  const findings = lintLibrary(packs);
  for (const { packId: id, code, path, words } of findings) {
    process.stdout.write(`${id} ${path}：${words}（${code}）\n`);
  }
  process.stdout.write(`检查规则包${packs.packs.size}个，发现问题${findings.length}个\n`);
  return findings.length === 0 ? 0 : 1;
}

function shownPack(packs: PackLibrary, id: string): string[] {
  const lineage = lineageOf(packs, id);
  const loaded = packs.packs.get(id);
  const lines = [
    `${loaded?.pack.title ?? id}（${lineage.map((pack) => pack.id).join(' → ')}）`,
    `指纹：${loaded?.digest ?? ''}`,
  ];
  for (const procedure of PROCEDURES) {
    const rules = mergeLineage(lineage, procedure);
    const { title, steps, order } = rules.procedure;
    if (steps.length === 0) continue;
    lines.push('', `${title ?? procedure}${order?.verified === true ? '' : '（顺序未核实）'}`);
    for (const step of steps) {
      const guards = step.guards.map((guard) => guard.id).join('、');
      const clause = rules.clauses[step.clause];
      const source = `${clause?.document ?? ''} ${clause?.article ?? ''}`;
      lines.push(`  ${step.name}${guards === '' ? '' : ` [${guards}]`} — ${source}`);
    }
  }
  const { values, clauses } = mergeLineage(lineage, 'household-exit');
  lines.push('', '参数');
  for (const key of VALUE_KEYS) {
    const file = values[key];
    if (file === undefined) continue;
    const value = JSON.stringify(file.value ?? null);
    const state = file.verified ? '' : '（未核实）';
    const document = clauses[file.clause]?.document ?? '';
    lines.push(`  ${VALUE_WORDS[key]} ${key}：${value}${state} — ${document}`);
  }
  return lines;
}
