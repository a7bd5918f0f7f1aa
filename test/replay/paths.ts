/** 走过的路 — the lives of lists of which a history is kept, one file each. */
import { invariant } from '../../domain/invariant.ts';
import type { PlanStep, ProcedureId } from '../../domain/plan/plan.ts';
import type { PaperRun } from './paper-run.ts';

/** A life of a list: who it is and what happens to it. */
export interface RecordedPath {
  readonly procedure: ProcedureId;
  readonly path: string;
  readonly live: (run: PaperRun) => Promise<void>;
}

function keyOf(run: PaperRun, kind: PlanStep['kind']): string {
  const step = run.walk.plan.steps.find((item) => item.kind === kind);
  invariant(step !== undefined, `the plan has a step of the kind ${kind}`);
  return step.key;
}

/** 异议、拆分: one household's objection holds it back while the others go on to the label. */
async function objectAndSplit(run: PaperRun): Promise<void> {
  const { walk } = run;
  await run.walkTo(keyOf(run, 'notice'));
  walk.postNotice();
  await run.drain();
  walk.days(1);
  walk.must(walk.who('village', 'clerk'), {
    type: 'raise-objection',
    kind: 'case',
    caseId: 'c1',
    words: '有异议',
    channel: '电话',
  });
  await run.drain();
  await run.endNotice();
  invariant(walk.children.length === 1, 'the blocked household has a list of its own');
  await run.walkTo('closed');
}

/** 退回: the reviewer sends the whole list back, and it goes all the way again. */
async function beReturned(run: PaperRun): Promise<void> {
  const { walk } = run;
  await run.walkTo(keyOf(run, 'review'));
  const toStep = keyOf(run, 'assembly');
  walk.must(walk.reviewer(), { type: 'return-cases', caseIds: null, toStep, reason: '材料不符' });
  await run.drain();
  walk.days(1);
  await run.walkTo('closed');
}

/** 告知: the run is told of every act, and asks the record only when its own timers fire. */
async function beTold(run: PaperRun): Promise<void> {
  run.isTold = true;
  await run.walkTo('closed');
}

/** Every path; a new behaviour of the workflow adds one here. */
export const RECORDED_PATHS: readonly RecordedPath[] = [
  { procedure: 'household-exit', path: 'to-the-label', live: (run) => run.walkTo('closed') },
  { procedure: 'household-exit', path: 'objection-and-split', live: objectAndSplit },
  { procedure: 'household-exit', path: 'returned', live: beReturned },
  { procedure: 'household-exit', path: 'told-to-the-label', live: beTold },
  {
    procedure: 'identification',
    path: 'started',
    live: (run) => run.walkTo(keyOf(run, 'comparison')),
  },
];
