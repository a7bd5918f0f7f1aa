/** A paper list for kernel tests: each command is also judged with only the facts that it needs. */
import type { decide } from '../../../domain/kernel/decide.ts';
import { PaperList } from '../../../policies/paper/paper-list.ts';
import { judgedByNeed } from './judged-by-need.ts';

/** 一份名单 in the making; every command goes through `judgedByNeed`. */
export class ListWalk extends PaperList {
  override judge: typeof decide = judgedByNeed;
}
