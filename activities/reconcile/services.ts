/** The services themselves: is there a worker, does the engine answer, does the registry. */
import { ROSTER_TASK_QUEUE } from '../../workflows/contracts/roster.ts';
import { RegistryAnswerUnknown, RegistryUnavailable } from '../registry/port.ts';
import { hasPollers } from '../task-queue-pollers.ts';
import type { Check } from './check.ts';

/** 没有办理程序. Only people can start one. */
export const workersOfQueue: Check = {
  kinds: ['no-pollers', 'engine-away'],
  async look(services) {
    const subject = services.taskQueue ?? ROSTER_TASK_QUEUE;
    const whole = { subject, rosterId: null, countyCode: null };
    try {
      const isPolled = await hasPollers(services);
      return { found: isPolled ? [] : [{ kind: 'no-pollers', ...whole }] };
    } catch {
      // Whatever it says, this engine does not answer a question that it always answers.
      return { found: [{ kind: 'engine-away', ...whole }] };
    }
  },
};

/** A number that is well formed and nobody's: asked for only to see whether somebody answers. */
const NO_HOUSEHOLD = '0000000000000000';

/** 登记系统是否连得上. */
export const registryThere: Check = {
  kinds: ['registry-away'],
  async look({ port }) {
    try {
      await port.fetchHousehold(NO_HOUSEHOLD);
      return { found: [] };
    } catch (error) {
      const isAway = error instanceof RegistryUnavailable || error instanceof RegistryAnswerUnknown;
      if (!isAway) throw error;
      const whole = { subject: port.kind, rosterId: null, countyCode: null };
      return { found: [{ kind: 'registry-away', ...whole }] };
    }
  },
};
