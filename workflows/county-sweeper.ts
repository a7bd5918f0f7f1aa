/**
 * 县级提醒 — one run a county, for ever: has the record fire what is due, then waits until the next rung.
 * The record knows what has fired, so an early, doubled or forgotten sweep changes nothing.
 */
import * as wf from '@temporalio/workflow';
import {
  type SweepAnswer,
  type SweepArguments,
  type SweeperActivities,
  type SweeperArguments,
  sweepUpdate,
} from './contracts/sweeper.ts';

/** Patient: while the database is away the sweep waits, and nothing is lost by it. */
const { sweepCounty } = wf.proxyActivities<SweeperActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** Nobody tells the sweeper of new lists, moved clocks and emptied desks: it looks at least this often. */
const LOOK_MS_MAX = 5 * 60_000;

/** Sweeps in one run; the server refuses Updates past 2,000. */
const SWEEPS_MAX = 500;

/** 县级提醒. Ends when the county has no list at all. */
export async function countySweeper(given: SweeperArguments): Promise<void> {
  let sweeps = 0;
  let last: SweepAnswer | undefined;

  async function sweep(limits: SweepArguments): Promise<SweepAnswer> {
    let fired = 0;
    for (;;) {
      const answer = await sweepCounty({ ...given, ...limits });
      sweeps += 1;
      fired += answer.fired;
      if (!answer.more) {
        last = { ...answer, fired };
        return last;
      }
    }
  }

  wf.setHandler(sweepUpdate, sweep);
  const isTired = () => sweeps >= SWEEPS_MAX || wf.workflowInfo().continueAsNewSuggested;
  let answer = await sweep({});
  while (!answer.idle && !isTired()) {
    const waitMs = Math.min(answer.nextInMs ?? LOOK_MS_MAX, LOOK_MS_MAX);
    const seen = last;
    // A sweep that somebody asked for says anew how long to wait.
    const isTold = await wf.condition(() => last !== seen || isTired(), Math.max(waitMs, 1));
    answer = isTold && last !== undefined ? last : await sweep({});
  }
  await wf.condition(wf.allHandlersFinished);
  if (!answer.idle) await wf.continueAsNew<typeof countySweeper>(given);
}
