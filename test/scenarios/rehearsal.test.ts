import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { projectRoot } from '../../bin/embedded/project-paths.ts';

const RUN_MS_MAX = 300_000;

test(
  'one village is rehearsed in skipped time → receipts, refusals with clauses, labels at the end',
  async () => {
    const launch = join(projectRoot, 'bin', 'launch.mjs');
    const args = [launch, 'rehearse', '--pack', 'zhenxiong-2020', '--villages', '1'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: RUN_MS_MAX });
    expect(stdout).toMatch(/✗ 不予受理（EXIT-INCOME）：.+\n\s+依据：《.+》/);
    expect(stdout).toMatch(/✗ 不予受理（G-03）：公示期未满/);
    expect(stdout).toMatch(
      /公示期计算单：自2020-10-05 09:\d\d张贴，张贴当日不计，公示7日（自然日），至2020-10-12 24:00届满/,
    );
    const labels = stdout.slice(stdout.indexOf('── 标签'));
    expect(labels.match(/ {2}脱贫（享受政策）$/gm)).toHaveLength(1);
    expect(stdout).toMatch(/✗ 不予受理（G-18）：.+刚性支出不可控/);
    expect(labels.match(/监测 {2}.+ {2}脱贫（享受政策），脱贫不稳定户$/gm)).toHaveLength(1);
    expect(labels.match(/监测 {2}.+ {2}脱贫（享受政策），风险已消除$/gm)).toHaveLength(1);
    expect(labels.match(/村 {2}.+ {2}未脱贫/g)).toHaveLength(2);
    expect(labels.match(/新识别 {2}.+ {2}未脱贫/g)).toHaveLength(2);
    expect(labels.match(/返贫 {2}.+ {2}返贫/g)).toHaveLength(2);
    expect(stdout).toMatch(/✗ 不予受理（PERSONS-NAMED）：.+“漏录”不在可选的/);
    expect(stdout).toMatch(/自然变更.+录入/);
    expect(stdout).toMatch(/✗ 不予受理（GV1）：石门村未脱贫\d+人，.+贫困发生率超过3%，不能出列/);
    expect(labels).toMatch(/出列 {2}石门村 {2}2020年出列/);
  },
  RUN_MS_MAX,
);
