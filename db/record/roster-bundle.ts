/** 核验包 — a roster's whole record in one file, enough to judge every decision again without a database. */
import { z } from 'zod';
import type { RegistrySnapshot, VisitForm } from '../../domain/facts/household-facts.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandBody, CommandOutcome } from '../../domain/kernel/command.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { PostedSheet } from '../../domain/sheet/posted-sheet.ts';
import type { StoredFacts } from './facts-store.ts';

/** Names the layout of a bundle; a reader refuses any other. */
export const BUNDLE_FORMAT = 'gongshi-roster-3';

/** What our own hashes stand for; the checks of `verifyBundle` come before any use of it. */
const plain = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const eventRow = z.strictObject({
  seq: z.int().positive(),
  event: plain<RosterEvent>(),
  commandId: z.string().nullable(),
  actor: plain<ActorSnapshot>().nullable(),
  planHash: z.string(),
  factsHash: z.string().nullable(),
  rulesVersion: z.string(),
  hash: sha256,
});

const commandRow = z.strictObject({
  id: z.string(),
  actor: plain<ActorSnapshot>(),
  body: plain<CommandBody>(),
  bodyHash: z.string(),
  receivedAt: z.int(),
  outcome: plain<CommandOutcome>().nullable(),
});

const bundleFile = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  rosterId: z.string(),
  /** What the roster's own row says of the end of its events. */
  head: z.strictObject({ seq: z.int().positive(), hash: sha256, state: plain<RosterState>() }),
  events: z.array(eventRow),
  commands: z.array(commandRow),
  plans: z.record(z.string(), plain<Plan>()),
  /** As stored: one body by hash for each decision, in which households stand by reference. */
  facts: z.record(z.string(), plain<StoredFacts>()),
  /** 户快照 and 入户表 that the facts refer to, by hash. */
  snapshots: z.record(z.string(), plain<RegistrySnapshot>()),
  forms: z.record(z.string(), plain<VisitForm>()),
  /** 公示表 that the list's own decisions froze, by hash. */
  sheets: z.record(z.string(), plain<PostedSheet>()),
});

export type RosterBundle = z.infer<typeof bundleFile>;
export type BundleEvent = z.infer<typeof eventRow>;
export type BundleCommand = z.infer<typeof commandRow>;

/** The first thing that differs: at which event (null: not at one), and what, in Chinese. */
export interface BundleFault {
  readonly seq: number | null;
  readonly words: string;
}

/** Reads a bundle's text; null when it is no bundle of this layout. */
export function readBundle(text: string): RosterBundle | null {
  const parsed = bundleFile.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
