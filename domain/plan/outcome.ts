/** 办结结果 — what a case is when its procedure is over; a plan's last words on a household, village or county. */
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
  'functions-opened',
] as const;
