/** 一份名单的走完 — every step of one list over the public API, with the acts that the law must refuse. */
import { setTimeout as delay } from 'node:timers/promises';
import { type KnownMember, soakForm, soakMeeting } from './papers.ts';
import type { FinalAnswer, Journal, PatientClient } from './patient-client.ts';
import type { SharedClock } from './shared-clock.ts';

/** Where a list is walked, and who signs there. */
export interface Place {
  readonly villageCode: string;
  readonly village: string;
  readonly township: string;
  readonly county: string;
  readonly photo: string;
}

/** What a walker works with. */
export interface Walk {
  readonly client: PatientClient;
  readonly clock: SharedClock;
  readonly journal: Journal;
  readonly place: Place;
}

/** A list on its way. */
export interface WalkedList {
  readonly rosterId: string;
  readonly caseIds: readonly string[];
}

/** A command's body as it goes over the wire; the API checks the rest. */
interface Act {
  readonly type: string;
  readonly [field: string]: unknown;
}

const LOOK_MS = 300;

/** Longer than the heartbeat limit of an entry whose worker died, on a busy machine. */
const CLOSED_MS_MAX = 180_000;

const PACK = 'zhenxiong-2020';

/** China is eight hours ahead of UTC. */
const CHINA_MS = 8 * 3_600_000;

/** Answers for a walker's acts; what a calm run would not have given goes to the journal as a fault. */
export class ListWalk {
  readonly walk: Walk;

  constructor(walk: Walk) {
    this.walk = walk;
  }

  who(duty: string, at: 'village' | 'township' | 'county' = 'village'): string {
    return `${this.walk.place[at]}${duty}`;
  }

  expect(answer: FinalAnswer, wanted: number | string, what: string): void {
    const got = typeof wanted === 'number' ? answer.status : answer.json['code'];
    if (got === wanted) return;
    const { code, detail } = answer.json;
    const found = `${answer.status} ${String(code)} ${String(detail)}`;
    this.walk.journal.faults.push(`${what}: wanted ${wanted}, got ${found}`);
    throw new Error(`${this.walk.place.village} ${what}: wanted ${wanted}, got ${found}`);
  }

  async act(who: string, { rosterId }: WalkedList, body: Act): Promise<void> {
    const answer = await this.walk.client.command(who, rosterId, body);
    this.expect(answer, 200, `${rosterId} ${body.type}`);
  }

  /** An act that the law refuses in a calm run too. */
  async mustNot(
    who: string,
    { rosterId }: WalkedList,
    body: Act,
    code: string,
  ): Promise<FinalAnswer> {
    const answer = await this.walk.client.command(who, rosterId, body);
    this.expect(answer, code, `${rosterId} ${body.type}`);
    return answer;
  }

  async view(rosterId: string): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.walk.client.read(this.who('经办'), `/rosters/${rosterId}`);
    this.expect(answer, 200, `GET ${rosterId}`);
    return answer.json;
  }

  async launch(procedure: string, householdIds: readonly string[]): Promise<WalkedList> {
    const { client, place } = this.walk;
    const body = { procedure, packId: PACK, unitCode: place.villageCode, householdIds };
    const launched = await client.write(this.who('经办'), '/rosters', body);
    this.expect(launched, 201, 'launch');
    const rosterId = String(launched.json['id']);
    const cases = (await this.view(rosterId))['cases'] as readonly { readonly id: string }[];
    return { rosterId, caseIds: cases.map(({ id }) => id) };
  }

  async meet(
    list: WalkedList,
    given: { group: string | null; caseIds: readonly string[]; basis: string; readOut: boolean },
  ) {
    const { photo } = this.walk.place;
    const heldAt = await this.walk.clock.now(this.who('经办'));
    await this.act(this.who('经办'), list, {
      type: 'hold-assembly',
      group: given.group,
      meeting: soakMeeting(heldAt, given.basis, given.readOut),
      votes: given.caseIds.map((caseId) => ({ caseId, for: 25, against: 0, abstain: 0 })),
      evidence: { minutes: [photo], roll: [photo], photo: [photo] },
    });
  }

  /** Saves a form for every case and returns what the closing command names. */
  async saveForms(list: WalkedList, isApplication: boolean) {
    const { client, place } = this.walk;
    const entries: { caseId: string; formHash: string }[] = [];
    for (const caseId of list.caseIds) {
      const known = await client.read(this.who('经办'), `/cases/${caseId}/form`);
      this.expect(known, 200, `GET form of ${caseId}`);
      const members = known.json['members'] as readonly KnownMember[];
      const heads = members.filter(({ relation }) => relation === '户主');
      const others = members.filter(({ relation }) => relation !== '户主');
      const form = soakForm({
        members: [...heads, ...others],
        perHeadFen: isApplication ? 200_000 : 900_000,
        photo: place.photo,
        isApplication,
      });
      const saved = await client.save(this.who('经办'), `/cases/${caseId}/form`, form);
      this.expect(saved, 200, `PUT form of ${caseId}`);
      entries.push({ caseId, formHash: String(saved.json['hash']) });
    }
    return entries;
  }

  async postNotice(list: WalkedList, by: string): Promise<void> {
    await this.act(by, list, { type: 'draft-notice' });
    const { photo: proof } = this.walk.place;
    await this.act(by, list, { type: 'post-notice', place: 'village-board', proof });
  }

  /** Tries to close the notice too early, waits it out, closes it. */
  async endNotice(list: WalkedList, by: string): Promise<void> {
    const { clock, place } = this.walk;
    const closing = { type: 'close-notice', evidence: { 'closing-record': [place.photo] } };
    const early = await this.mustNot(by, list, closing, 'G-03');
    const endsAt = Date.parse(String(early.json['earliestAt']));
    await clock.until(async () => (await clock.now(by)) >= endsAt);
    await this.act(by, list, closing);
  }

  async review(list: WalkedList): Promise<void> {
    const evidence = { 'opinion-paper': [this.walk.place.photo] };
    const opinion = { opinion: '同意', refuse: [], answers: [], acceptLate: [], evidence };
    await this.act(this.who('审核', 'township'), list, { type: 'review', ...opinion });
  }

  /** A document is dated on the day of its signing: one from before the notice's end decides nothing. */
  async decision() {
    const evidence = { document: [this.walk.place.photo] };
    const opinion = { opinion: '同意', refuse: [], answers: [], acceptLate: [], evidence };
    const now = await this.walk.clock.now(this.who('审定', 'county'));
    const documentOn = new Date(now + CHINA_MS).toISOString().slice(0, 10);
    return { type: 'decide', documentNo: '镇扶组字〔2020〕60号', documentOn, ...opinion };
  }

  /** 审定, 公告 and the wait until it has hung for its days. */
  async decideAndAnnounce(list: WalkedList): Promise<void> {
    const { clock, place } = this.walk;
    await this.act(this.who('审定', 'county'), list, await this.decision());
    await this.act(this.who('经办', 'county'), list, { type: 'draft-announcement' });
    const posting = { type: 'post-announcement', place: 'village-board', proof: place.photo };
    await this.act(this.who('经办'), list, posting);
    const { announcement } = await this.view(list.rosterId);
    const { endsAt } = announcement as { readonly endsAt: string | null };
    const end = endsAt === null ? 0 : Date.parse(endsAt);
    const clerk = this.who('经办');
    await clock.until(async () => (await clock.now(clerk)) >= end);
  }

  /** 录入 and 复核 of every case, then the wait until the registry's answers have closed the list. */
  async register(list: WalkedList): Promise<void> {
    await this.confirmEntries(list);
    await this.awaitClosed(list);
  }

  async confirmEntries(list: WalkedList): Promise<void> {
    const { client } = this.walk;
    for (const caseId of list.caseIds) {
      const path = `/cases/${caseId}/registration`;
      const entered = await client.write(this.who('录入', 'county'), `${path}/enter`);
      this.expect(entered, 200, `enter ${caseId}`);
      const confirmed = await client.write(this.who('复核', 'county'), `${path}/confirm`);
      this.expect(confirmed, 200, `confirm ${caseId}`);
    }
  }

  async awaitClosed(list: WalkedList): Promise<void> {
    const { journal } = this.walk;
    const until = Date.now() + CLOSED_MS_MAX;
    while ((await this.view(list.rosterId))['open'] === true) {
      if (Date.now() > until) {
        journal.faults.push(`${list.rosterId} is not closed ${CLOSED_MS_MAX} ms after its entries`);
        return;
      }
      await delay(LOOK_MS);
    }
  }
}
