/** 步骤之外的附件 — papers asked for acts that belong to no step of the plan: the rule and the form read them here. */
import type { EvidenceUse } from '../plan/plan.ts';

/** 说明疑点: what proves the explanation of a hit. */
export const EXPLANATION_EVIDENCE: readonly EvidenceUse[] = [
  { key: 'proof', name: '说明佐证材料', min: 1 },
];

/** 撤回: the household's application. */
export const WITHDRAWAL_EVIDENCE: readonly EvidenceUse[] = [
  { key: 'withdrawal', name: '撤回申请', min: 1 },
];

/** 处理异议: the record of the investigation. */
export const INVESTIGATION_EVIDENCE: readonly EvidenceUse[] = [
  { key: 'investigation', name: '调查核实记录', min: 1 },
];
