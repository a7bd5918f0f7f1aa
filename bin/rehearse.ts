/** `npm run rehearse -- --pack ID [--villages N]`: a small campaign on the real workflows. */
import { parseArgs } from 'node:util';
import { runCommand } from './embedded/command-line.ts';
import { StartFailure } from './embedded/start-failure.ts';
import { playCampaign, REHEARSAL_START, rehearsedPlan } from './rehearsal/campaign.ts';
import { openStage } from './rehearsal/stage.ts';

const VILLAGES_MAX = 3;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function readOptions(): { packId: string; villages: number } {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string' },
      villages: { type: 'string', default: String(VILLAGES_MAX) },
    },
  });
  const villages = Number(values.villages);
  const isCount = Number.isInteger(villages) && villages >= 1 && villages <= VILLAGES_MAX;
  if (values.pack === undefined || !isCount) {
    throw new StartFailure(
      `用法：npm run rehearse -- --pack zhenxiong-2020 [--villages 1到${VILLAGES_MAX}]`,
    );
  }
  return { packId: values.pack, villages };
}

async function main(): Promise<void> {
  const startedAt = Date.now();
  const { packId, villages } = readOptions();
  const plan = rehearsedPlan(packId, 'household-exit');
  say(`演练：${plan.title}，${villages}个村。时间由流程引擎跳过，人物均为虚构。`);
  const stage = await openStage(REHEARSAL_START);
  try {
    await playCampaign(stage, { packId, villages, say });
  } finally {
    await stage.close();
  }
  say(`演练结束，用时 ${((Date.now() - startedAt) / 1000).toFixed(1)} 秒。`);
}

await runCommand(main);
