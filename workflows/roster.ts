/**
 * 名单 — carries one roster through time. The record decides everything; this makes sure that somebody
 * asks it: when a wake is due, when the registry answered, when somebody says that commands wait.
 */

import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import {
  drainUpdate,
  progressedSignal,
  type RosterArguments,
  type RosterProgress,
} from './contracts/roster.ts';
import { createRun } from './roster-run.ts';
import { routineOf } from './steps/routine-of.ts';

/** The server refuses Updates past 2,000 in one run. */
const UPDATES_MAX = 1000;

const PROCEDURE = defineSearchAttributeKey('Procedure', SearchAttributeType.KEYWORD);
const STEP = defineSearchAttributeKey('Step', SearchAttributeType.KEYWORD);
const AREA = defineSearchAttributeKey('Area', SearchAttributeType.KEYWORD);
const DUE_AT = defineSearchAttributeKey('DueAt', SearchAttributeType.DATETIME);

/** 贫困户脱贫. */
export async function householdExit(given: RosterArguments): Promise<void> {
  await carryRoster(given, householdExit);
}

/** 新识别. */
export async function identification(given: RosterArguments): Promise<void> {
  await carryRoster(given, identification);
}

/** 脱贫户返贫. */
export async function returnToPoverty(given: RosterArguments): Promise<void> {
  await carryRoster(given, returnToPoverty);
}

/** 监测对象识别. */
export async function monitoredHousehold(given: RosterArguments): Promise<void> {
  await carryRoster(given, monitoredHousehold);
}

/** 贫困村退出: a township's list of villages. */
export async function villageExit(given: RosterArguments): Promise<void> {
  await carryRoster(given, villageExit);
}

/** 功能开放申请: a city's or county's list of counties. */
export async function functionOpening(given: RosterArguments): Promise<void> {
  await carryRoster(given, functionOpening);
}

/** 监测对象风险消除. */
export async function riskElimination(given: RosterArguments): Promise<void> {
  await carryRoster(given, riskElimination);
}

/** 风险消除回退. */
export async function eliminationRollback(given: RosterArguments): Promise<void> {
  await carryRoster(given, eliminationRollback);
}

/** 监测对象清退. */
export async function monitoringClearance(given: RosterArguments): Promise<void> {
  await carryRoster(given, monitoringClearance);
}

/** 贫困户清退. */
export async function clearHousehold(given: RosterArguments): Promise<void> {
  await carryRoster(given, clearHousehold);
}

/** 往年综合回退. */
export async function priorYearsRollback(given: RosterArguments): Promise<void> {
  await carryRoster(given, priorYearsRollback);
}

/** 稳定脱贫回退. */
export async function stableExitRollback(given: RosterArguments): Promise<void> {
  await carryRoster(given, stableExitRollback);
}

/** 贫困人口清退. */
export async function clearPerson(given: RosterArguments): Promise<void> {
  await carryRoster(given, clearPerson);
}

/** 贫困人口补录. */
export async function supplementPerson(given: RosterArguments): Promise<void> {
  await carryRoster(given, supplementPerson);
}

/** 新识别（人员调整）. */
export async function adjustNewHousehold(given: RosterArguments): Promise<void> {
  await carryRoster(given, adjustNewHousehold);
}

/** 家庭成员自然变更. */
export async function naturalChange(given: RosterArguments): Promise<void> {
  await carryRoster(given, naturalChange);
}

async function carryRoster(
  given: RosterArguments,
  again: (given: RosterArguments) => Promise<void>,
): Promise<void> {
  let updates = 0;
  const isTired = () => updates >= UPDATES_MAX || wf.workflowInfo().continueAsNewSuggested;
  const { progress, ...run } = createRun(given.rosterId, createDisplay(), isTired);
  wf.setHandler(drainUpdate, () => {
    updates += 1;
    return run.drain();
  });
  wf.setHandler(progressedSignal, run.hear);
  let current = await run.drain();
  const seen = () => progress() ?? current;
  while (current.open && !isTired()) {
    await routineOf(current)({ ...run, progress: seen });
    current = seen();
  }
  await wf.condition(wf.allHandlersFinished);
  if (seen().open) await wf.continueAsNew<typeof again>(given);
}

/** Shows where the list stands in the Temporal UI; search attributes cost a write, so only on change. */
function createDisplay(): (progress: RosterProgress) => void {
  let shown = '';
  return ({ procedure, unitCode, stepKey, dueAt, steps, stepIndex, open }) => {
    const rail = steps.map(
      (name, index) => `${markOf(index, open ? stepIndex : steps.length)} ${name}`,
    );
    wf.setCurrentDetails(rail.join('  \n'));
    const key = `${stepKey}:${dueAt}`;
    if (key === shown) return;
    shown = key;
    wf.upsertSearchAttributes([
      { key: PROCEDURE, value: procedure },
      { key: STEP, value: stepKey },
      { key: AREA, value: unitCode },
      { key: DUE_AT, value: dueAt === null ? null : new Date(dueAt) },
    ]);
  };
}

function markOf(index: number, at: number): string {
  if (index < at) return '✓';
  return index === at ? '▶' : '·';
}
