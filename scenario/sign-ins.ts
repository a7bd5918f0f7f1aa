import type { TrainingPerson, TrainingWorld } from '../db/training/training-world.ts';
import { DUTY_WORDS } from '../domain/kernel/actor.ts';

/** How somebody signs in to a training instance, and as what. */
export interface SignIn {
  readonly name: string;
  readonly password: string;
  /** 大田村 经办. */
  readonly words: string;
}

/** 登录名单 of a training world, in the order of its people; the disabled are left out. */
export function signInsOf(
  { organisations }: Pick<TrainingWorld, 'organisations'>,
  people: readonly TrainingPerson[],
): SignIn[] {
  const names = new Map(organisations.map(({ code, name }) => [code, name]));
  return people
    .filter(({ disabled }) => !disabled)
    .map(({ signInName: name, password, duties }) => {
      const held = duties.map(({ orgCode, duty, department }) => {
        return `${names.get(orgCode) ?? orgCode} ${department ?? ''}${DUTY_WORDS[duty]}`;
      });
      return { name, password, words: held.join('，') };
    });
}
