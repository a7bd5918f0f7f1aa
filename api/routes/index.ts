/** Every route below /api/v1, in the order of the document. */
import type { Route } from '../define-route.ts';
import { actRoutes } from './acts.ts';
import { administrationLogRoutes } from './administration-log.ts';
import { administrationOrganisationRoutes } from './administration-organisations.ts';
import { administrationPeopleRoutes } from './administration-people.ts';
import { caseRoutes } from './cases.ts';
import { clockRoutes } from './clock.ts';
import { clueRoutes } from './clues.ts';
import { commandRoutes } from './commands.ts';
import { comparisonRoutes } from './comparison.ts';
import { comparisonHitRoutes } from './comparison-hits.ts';
import { comparisonPersonRoutes } from './comparison-persons.ts';
import { deadlineRoutes } from './deadlines.ts';
import { eventRoutes } from './events.ts';
import { fileRoutes } from './files.ts';
import { healthRoutes } from './health.ts';
import { householdRoutes } from './households.ts';
import { importRoutes } from './imports.ts';
import { lookBackRoutes } from './look-backs.ts';
import { organisationRoutes } from './organisations.ts';
import { packVersionRoutes } from './pack-versions.ts';
import { packRoutes } from './packs.ts';
import { planAdoptionRoutes } from './plan-adoption.ts';
import { registrationRoutes } from './registration.ts';
import { remedyRoutes } from './remedies.ts';
import { reminderRoutes } from './reminders.ts';
import { rollComparisonRoutes } from './roll-comparison.ts';
import { rosterRoutes } from './rosters.ts';
import { scenarioRoutes } from './scenario.ts';
import { screeningRoutes } from './screenings.ts';
import { sessionRoutes } from './session.ts';
import { sheetRoutes } from './sheets.ts';
import { signerRoutes } from './signers.ts';
import { trainingRoutes } from './training.ts';
import { villageFormRoutes } from './village-forms.ts';
import { villageRoutes } from './villages.ts';
import { windowRoutes } from './windows.ts';
import { workRoutes } from './work.ts';
import { worklistRoutes } from './worklist.ts';

export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...trainingRoutes,
  ...workRoutes,
  ...rosterRoutes,
  ...villageFormRoutes,
  ...sheetRoutes,
  ...reminderRoutes,
  ...deadlineRoutes,
  ...eventRoutes,
  ...commandRoutes,
  ...signerRoutes,
  ...clueRoutes,
  ...remedyRoutes,
  ...screeningRoutes,
  ...actRoutes,
  ...caseRoutes,
  ...registrationRoutes,
  ...worklistRoutes,
  ...rollComparisonRoutes,
  ...householdRoutes,
  ...villageRoutes,
  ...lookBackRoutes,
  ...importRoutes,
  ...comparisonRoutes,
  ...comparisonPersonRoutes,
  ...comparisonHitRoutes,
  ...windowRoutes,
  ...clockRoutes,
  ...scenarioRoutes,
  ...fileRoutes,
  ...organisationRoutes,
  ...packRoutes,
  ...packVersionRoutes,
  ...planAdoptionRoutes,
  ...administrationOrganisationRoutes,
  ...administrationPeopleRoutes,
  ...administrationLogRoutes,
  ...healthRoutes,
];
