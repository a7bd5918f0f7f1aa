/** 演练时钟 of a soak: moves to the next event when every walker waits for time and for nothing else. */
import { setTimeout as delay } from 'node:timers/promises';
import type { PatientClient } from './patient-client.ts';

const LOOK_MS = 250;

export class SharedClock {
  private readonly client: PatientClient;
  private readonly administrator: string;
  private walking = 0;
  private waiting = 0;
  private moving: Promise<unknown> | undefined;

  constructor(client: PatientClient, administrator: string) {
    this.client = client;
    this.administrator = administrator;
  }

  /** Runs one walker; while it does anything but wait for time, the clock stands. */
  async walk<T>(work: () => Promise<T>): Promise<T> {
    this.walking += 1;
    return work().finally(() => {
      this.walking -= 1;
    });
  }

  async now(who: string): Promise<number> {
    return Number((await this.client.read(who, '/clock')).json['now']);
  }

  /** Waits until it is so, for which time may have to pass. */
  async until(isSo: () => Promise<boolean>): Promise<void> {
    this.waiting += 1;
    try {
      while (!(await isSo())) {
        if (this.waiting === this.walking) await this.moveOn();
        else await delay(LOOK_MS);
      }
    } finally {
      this.waiting -= 1;
    }
  }

  private async moveOn(): Promise<void> {
    this.moving ??= this.client
      .write(this.administrator, '/clock/advance', { to: 'next-event' })
      .finally(() => {
        this.moving = undefined;
      });
    await this.moving;
  }
}
