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
  /** Nobody but the system's own supervision brings back what was killed. */
  readonly isSupervised?: boolean;
  /** Told of every blow. */
  readonly say: (line: string) => void;
}

/** A killer at work; `stop` ends it with everything running. */
export interface RandomKiller {
  readonly report: KillerReport;
  readonly stop: () => Promise<void>;
}

/** Longer than a start takes on a busy machine, with a failed try before it. */
const BACK_MS_MAX = 120_000;

const PARTS = serviceNames as readonly [ServiceName, ...ServiceName[]];

export function startRandomKiller(instance: TestInstance, options: KillerOptions): RandomKiller {
  const { dice, calmMs, downMs, wipePercent, isSupervised = false, say } = options;
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
    if (isSupervised) return awaitAll(instance, say);
    await until(dice.between(...downMs));
    if (victims.includes('temporal') && dice.chance(wipePercent)) {
      report.wipes += 1;
      say('Temporal wiped');
      await instance.wipeTemporal();
    }
    const from = Date.now();
    await startAll(instance, (name) => {
      if (!victims.includes(name)) report.diedAlone.push(`${name} (by ${victims.join('+')})`);
    });
    say(`all up again after ${((Date.now() - from) / 1000).toFixed(1)} s`);
  }

  /** What died though nobody had killed it. */
  async function bringBack(): Promise<void> {
    if (isSupervised) return awaitAll(instance, say);
    await startAll(instance, (name) => report.diedAlone.push(name));
  }

  async function work(): Promise<void> {
    while (!isStopping) {
      await until(dice.between(...calmMs));
      await bringBack();
      if (!isStopping) await strike();
    }
    await bringBack();
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

/** Waits until supervision has brought everything back. */
async function awaitAll(instance: TestInstance, say: (line: string) => void): Promise<void> {
  const from = Date.now();
  const isUp = () => [...instance.services.values()].every((each) => each.process().isRunning());
  while (!isUp()) {
    if (Date.now() - from > BACK_MS_MAX)
      throw new Error('supervision did not bring everything back');
    await delay(100);
  }
  say(`all up again after ${((Date.now() - from) / 1000).toFixed(1)} s`);
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
