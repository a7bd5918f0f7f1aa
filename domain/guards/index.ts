import { acceptedByAll } from './acceptance.ts';
import { comparisonComplete } from './comparison.ts';
import { correctionCauseGiven } from './correction.ts';
import {
  aboveRange,
  clearanceFounded,
  episodeNamed,
  measuresCarriedOut,
  riskMayBeEliminated,
  risksGone,
  rollbackFounded,
  steadyLongEnough,
} from './elimination.ts';
import {
  dibaoBackstop,
  exitOrder,
  exitStandards,
  followUpPlan,
  noQuotaExit,
  notIdentifiedThisYear,
} from './exit-standards.ts';
import { offlineWorkDone } from './function-opening.ts';
import type { Guard } from './guard.ts';
import { housingSecure, relocationOccupied } from './housing.ts';
import { eligible, noCentrallySupported, noSingleDibaoPerson } from './identification.ts';
import { idNumbersRight } from './identity.ts';
import { exitIncome, helpEffective, incomeWindow, stableIncome } from './income.ts';
import {
  classFits,
  clueNamed,
  comparisonAuthorised,
  notMonitoredYet,
  riskNamed,
  withinRange,
  withinScale,
} from './monitoring.ts';
import { householdOfThisYear, personsHeld, personsNamed } from './persons.ts';
import { returnCauseAdmitted, returnCauseNamed } from './return-cause.ts';
import { exitSecurity, registrySecurity, schooled, waterSecure } from './security.ts';
import {
  everyIndicatorCertified,
  householdsFirst,
  itemsComplete,
  rateWithinLimit,
  relocatedFirst,
  sheetsFilled,
} from './village-exit.ts';
import { formComplete } from './visit-form.ts';

export type { Guard, GuardFinding, GuardInput } from './guard.ts';

/** 守则 by the id under which packs place them on steps (§14). The pack linter refuses other ids. */
export const GUARDS: Readonly<Record<string, Guard>> = {
  'EXIT-INCOME': exitIncome,
  'INCOME-WINDOW': incomeWindow,
  NX1: stableIncome,
  NX2: waterSecure,
  NX3: housingSecure,
  NX4: relocationOccupied,
  NX5: helpEffective,
  NX6: dibaoBackstop,
  NX8: notIdentifiedThisYear,
  'G-10': registrySecurity,
  'EXIT-SECURITY': exitSecurity,
  'EXIT-SCHOOLING': schooled,
  'EXIT-STANDARDS': exitStandards,
  'EXIT-PLAN': followUpPlan,
  'EXIT-ORDER': exitOrder,
  'G-08': acceptedByAll,
  'G-26': noQuotaExit,
  'ID-ELIGIBLE': eligible,
  'G-06': comparisonComplete,
  'G-21': noSingleDibaoPerson,
  'G-22': noCentrallySupported,
  'ID-FORM': formComplete,
  'ID-NUMBERS': idNumbersRight,
  'G-11': returnCauseNamed,
  'G-11-ADMITTED': returnCauseAdmitted,
  'MON-CLUE': clueNamed,
  'MON-CLASS': classFits,
  'MON-ANEW': notMonitoredYet,
  'MON-RISK': riskNamed,
  'MON-RANGE': withinRange,
  'MON-SCALE': withinScale,
  'VILLAGE-ITEMS': itemsComplete,
  'VILLAGE-HOUSEHOLDS': householdsFirst,
  GV1: rateWithinLimit,
  GV2: everyIndicatorCertified,
  GV3: relocatedFirst,
  GV6: sheetsFilled,
  'G-23': offlineWorkDone,
  'G-28': comparisonAuthorised,
  'G-18': riskMayBeEliminated,
  'MON-EPISODE': episodeNamed,
  'ELIM-RANGE': aboveRange,
  'ELIM-STEADY': steadyLongEnough,
  'ELIM-RISK': risksGone,
  'ELIM-MEASURES': measuresCarriedOut,
  'ROLLBACK-CAUSE': rollbackFounded,
  'CLEAR-CAUSE': clearanceFounded,
  'CORRECTION-CAUSE': correctionCauseGiven,
  'PERSONS-NAMED': personsNamed,
  'PERSONS-HELD': personsHeld,
  'NEW-HOUSEHOLD': householdOfThisYear,
};
