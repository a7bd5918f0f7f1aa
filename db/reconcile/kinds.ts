/** 不一致的种类 — a closed set: what the reconciler can find, in words for those who have to act. */

interface KindWords {
  /** What is not as it should be. */
  readonly words: string;
  /** What happens by itself, and what to do when it stays. */
  readonly todo: string;
}

/** Every kind with its words. */
export const DISAGREEMENT_KINDS = {
  'run-missing': {
    words: '在办名单没有流程在运行',
    todo: '系统会自动补起流程；若一直存在，请管理员检查流程服务。',
  },
  'run-orphan': {
    words: '有流程在运行，但本系统没有对应的在办名单',
    todo: '名单已办结的，系统会让流程自行结束；名单不存在的，请管理员核对后在流程监视中终止该流程。',
  },
  'run-wrong-type': {
    words: '名单的流程种类与其程序不符',
    todo: '请管理员在流程监视中终止该流程，系统随后按正确的种类补起；办理记录不受影响。',
  },
  'sweeper-missing': {
    words: '本县没有提醒流程在运行',
    todo: '系统会自动补起；若一直存在，请管理员检查流程服务。',
  },
  'command-unjudged': {
    words: '已收到的操作迟迟没有处理结果',
    todo: '系统会自动补办；若一直存在，请管理员检查办理程序是否在运行。',
  },
  'wake-missed': {
    words: '名单有到期事项没有记录',
    todo: '系统会自动补记；若一直存在，请管理员检查办理程序是否在运行。',
  },
  'effect-unsettled': {
    words: '登记结果迟迟没有回到名单',
    todo: '系统会自动补报；若一直存在，请管理员检查办理程序和登记系统。',
  },
  'entry-unanswered': {
    words: '登记条目已发出，迟迟没有明确答复',
    todo: '系统会先回读再补办，不会重复登记；若一直存在，请录入岗在登记系统中核对该户。',
  },
  'confirmation-unfetched': {
    words: '人工录入已经复核，结果没有回到名单',
    todo: '系统会自动取回；若一直存在，请管理员检查办理程序是否在运行。',
  },
  'label-unknown': {
    words: '登记系统中已有标注，本系统没有办结记录',
    todo: '请领导小组办公室核对该户是否另行录入；不应标注的按规定回退，应标注的补办程序。',
  },
  'label-missing': {
    words: '本系统已办结登记，登记系统中没有相应标注',
    todo: '请录入岗在登记系统中核对该户，查明是否被回退或录错；不要自行补录。',
  },
  'no-pollers': {
    words: '没有办理程序在接收任务',
    todo: '操作会收下但不生效。请管理员启动办理程序（worker）。',
  },
  'engine-away': {
    words: '流程服务连接不上',
    todo: '操作会收下但不生效，恢复后自动补办。请管理员检查流程服务。',
  },
  'registry-away': {
    words: '登记系统连接不上',
    todo: '登记条目会等待，恢复后自动补办。请管理员检查登记系统和网络。',
  },
} as const satisfies Record<string, KindWords>;

/** 种类. */
export type DisagreementKind = keyof typeof DISAGREEMENT_KINDS;

/** One disagreement as it is found. */
export interface Disagreement {
  readonly kind: DisagreementKind;
  readonly subject: string;
  readonly rosterId: string | null;
  readonly countyCode: string | null;
}
