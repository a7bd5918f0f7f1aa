/** 纸上的办法 — what goes into a list of paper and what is done to it. */
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';

/** What somebody does to a list. */
export interface LawfulAct {
  readonly actor: ActorSnapshot;
  readonly body: CommandBody;
}

/** A case as a list is opened with it. */
export interface NewCase {
  readonly id: string;
  readonly subjectId: string;
  readonly groupId: string | null;
}
