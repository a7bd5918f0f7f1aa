/** 演练县 — the demo county of a running system, made ready to be walked: windows open, people known. */
import { DEMO_COUNTY, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import { png } from '../scenarios/png.ts';
import type { Place, Walk } from './list-walk.ts';
import { createJournal, type Journal, PatientClient } from './patient-client.ts';
import { SharedClock } from './shared-clock.ts';

/** A village with a walker, and whom its lists may name. */
export interface WalkedVillage {
  readonly walk: Walk;
  /** Poor households in whose way nothing stands. */
  readonly ready: readonly string[];
  readonly applicants: readonly string[];
}

/** The county, its clients and its clock. */
export interface WalkedCounty {
  readonly client: PatientClient;
  readonly journal: Journal;
  readonly clock: SharedClock;
  readonly village: (index: number) => Promise<WalkedVillage>;
}

const COUNTY_NAME = '镇雄县';

export async function openCounty(pageUrl: string): Promise<WalkedCounty> {
  const journal = createJournal();
  const client = new PatientClient(pageUrl, journal);
  const clock = new SharedClock(client, `${COUNTY_NAME}管理员`);
  const county = makeDemoCounty(DEMO_COUNTY);
  const photo = await client.upload(`${COUNTY_NAME}经办`, png('考验'));
  for (const functionKey of ['mark-exit', 'enrol-household']) {
    const unitCode = county.countyCode;
    const body = { functionKey, unitCode, documentNo: '演练〔2020〕1号' };
    const { status } = await client.write(`${COUNTY_NAME}领导小组办公室`, '/windows', body);
    if (status !== 201) journal.faults.push(`the window is not opened: ${status}`);
  }
  return {
    client,
    journal,
    clock,
    async village(index) {
      const found = county.villages[index];
      if (found === undefined) throw new Error('the demo county has fewer villages');
      const { villageCode, name, townshipName: township } = found;
      const place: Place = { villageCode, village: name, township, county: COUNTY_NAME, photo };
      const ready = readyNumbers(county.households);
      const poor = await listHouseholds(client, place, 'poor');
      const unregistered = await listHouseholds(client, place, 'unregistered');
      return {
        walk: { client, clock, journal, place },
        ready: poor.filter(({ householdNo }) => ready.has(householdNo ?? '')).map(({ id }) => id),
        applicants: unregistered.map(({ id }) => id),
      };
    },
  };
}

interface ListedHousehold {
  readonly id: string;
  readonly householdNo: string | null;
}

async function listHouseholds(client: PatientClient, place: Place, status: string) {
  const path = `/households?village=${place.villageCode}&status=${status}`;
  const answer = await client.read(`${place.village}经办`, path);
  return answer.json['items'] as readonly ListedHousehold[];
}

function readyNumbers(known: ReturnType<typeof makeDemoCounty>['households']) {
  return new Set(
    known
      .filter(({ security, housingGrade, relocation }) => {
        const isSecure = Object.values(security).every((held) => held === true);
        const isHoused = housingGrade === 'A' || housingGrade === 'B';
        return isSecure && isHoused && relocation.listed === relocation.occupied;
      })
      .map(({ householdNo }) => householdNo),
  );
}
