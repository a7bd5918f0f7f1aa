/** 随机杀手 — a power cut for one or two parts at a time, at moments that a seed decides. */
import { setTimeout as delay } from 'node:timers/promises';
import { type ServiceName, serviceNames } from '../../bin/embedded/instance.ts';
import type { Dice } from '../../registry/demo/random.ts';
import type { TestInstance } from '../harness/test-instance.ts';

/** What was done to the system. */
export interface KillerReport {
  readonly kills: Map<string, number>;
  wipes: number;
  /** Parts found dead that nobody had killed, with the start that brought them back. */
  readonly diedAlone: string[];
}

/** How wild it is. */
export interface KillerOptions {
  readonly dice: Dice;
  /** Calm between two blows, ms. */
  readonly calmMs: readonly [number, number];
  /** How long a part stays down, ms. */
  readonly downMs: readonly [number, number];
  /** Blows of a hundred that also wipe Temporal's database. */
  readonly wipePercent: number;
  /** Told of every blow. */
  readonly say: (line: string) => void;
}

/** A killer at work; `stop` ends it with everything running. */
export interface RandomKiller {
  readonly report: KillerReport;
  readonly stop: () => Promise<void>;
}

const PARTS = serviceNames as readonly [ServiceName, ...ServiceName[]];

export function startRandomKiller(instance: TestInstance, options: KillerOptions): RandomKiller {
  const { dice, calmMs, downMs, wipePercent, say } = options;
  const report: KillerReport = { kills: new Map(), wipes: 0, diedAlone: [] };
  let isStopping = false;
  const until = async (ms: number): Promise<void> => {
    const end = Date.now() + ms;
    while (!isStopping && Date.now() < end) await delay(Math.min(100, end - Date.now()));
  };

  async function strike(): Promise<void> {
    const first = dice.pick(PARTS);
    const second = dice.chance(30) ? dice.pick(PARTS) : first;
    const victims = [...new Set([first, second])];
    await Promise.all(victims.map((name) => instance.kill(name)));
    const name = victims.toSorted().join('+');
    report.kills.set(name, (report.kills.get(name) ?? 0) + 1);
    say(`killed ${name}`);
    await until(dice.between(...downMs));
    if (victims.includes('temporal') && dice.chance(wipePercent)) {
      report.wipes += 1;
      say('Temporal wiped');
      await instance.wipeTemporal();
    }
    await startAll(instance, () => {});
  }

  async function work(): Promise<void> {
    while (!isStopping) {
      await until(dice.between(...calmMs));
      await startAll(instance, (name) => report.diedAlone.push(name));
      if (!isStopping) await strike();
    }
    await startAll(instance, (name) => report.diedAlone.push(name));
  }

  const working = work();
  return {
    report,
    async stop() {
      isStopping = true;
      await working;
    },
  };
}

/** Starts what is down, in the order in which the parts need each other. */
async function startAll(instance: TestInstance, found: (name: ServiceName) => void): Promise<void> {
  for (const name of serviceNames) {
    const service = instance.services.get(name);
    if (service === undefined || service.process().isRunning()) continue;
    found(name);
    await instance.start(name);
  }
}
