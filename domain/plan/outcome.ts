/** 办结结果 — what a case is when its entry is in the registry; a plan's last words on a household or village. */
export const OUTCOMES = [
  'exited',
  'enrolled',
  'returned',
  'monitored',
  'risk-eliminated',
  'elimination-rolled-back',
  'monitoring-cleared',
  'cleared',
  'rolled-back',
  'stable-exit-rolled-back',
  'person-cleared',
  'person-supplemented',
  'household-adjusted',
  'members-changed',
  'village-exited',
] as const;
