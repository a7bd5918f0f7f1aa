/** 系统功能 of the national system that this project writes through. */
export const REGISTRY_FUNCTIONS = [
  'mark-exit',
  'enrol-household',
  'mark-return',
  'mark-monitored',
  'mark-elimination',
  'rollback-elimination',
  'clear-monitored',
  'mark-village-exit',
  'clear-household',
  'rollback-prior-years',
  'rollback-stable-exit',
  'clear-person',
  'supplement-person',
  'adjust-new-household',
  'change-members',
] as const;

/** 系统功能 by key. */
export type RegistryFunction = (typeof REGISTRY_FUNCTIONS)[number];

/** The function's name as the system shows it. */
export const FUNCTION_WORDS: Readonly<Record<RegistryFunction, string>> = {
  'mark-exit': '贫困户脱贫标注',
  'enrol-household': '新识别贫困户录入',
  'mark-return': '脱贫户返贫标注',
  'mark-monitored': '监测对象录入标注',
  'mark-elimination': '监测对象风险消除标注',
  'rollback-elimination': '监测对象风险消除回退',
  'clear-monitored': '监测对象清退',
  'mark-village-exit': '贫困村退出（出列）',
  'clear-household': '贫困户清退',
  'rollback-prior-years': '往年综合回退',
  'rollback-stable-exit': '稳定脱贫回退',
  'clear-person': '贫困人口清退',
  'supplement-person': '贫困人口补录',
  'adjust-new-household': '新识别（人员调整）',
  'change-members': '家庭成员自然变更',
};

/** Whether `text` names a function; packs name them by key. */
export function isRegistryFunction(text: string): text is RegistryFunction {
  return Object.hasOwn(FUNCTION_WORDS, text);
}
