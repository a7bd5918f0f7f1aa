import { expect, test } from 'vitest';
import { checkIdNumber } from '../../domain/household/id-number.ts';
import { DEMO_COUNTY, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import { SYNTHETIC_AREA } from '../../registry/demo/people.ts';
import { unresolvedSecurity } from '../../registry/household.ts';
import { parseHouseholdRoll } from '../../registry/roll/parse-roll.ts';
import { writeHouseholdRoll } from '../../registry/roll/write-roll.ts';

const county = makeDemoCounty(DEMO_COUNTY);
const people = [...county.households, ...county.applicants].flatMap((each) => each.members);

test('the same seed → the same county; another seed → another', () => {
  expect(makeDemoCounty(DEMO_COUNTY)).toEqual(county);
  expect(makeDemoCounty({ ...DEMO_COUNTY, seed: 7 }).households).not.toEqual(county.households);
});

test('3 townships, 8 villages, 288 registered households, 16 applicants', () => {
  expect(county.townships).toHaveLength(3);
  expect(county.villages).toHaveLength(8);
  expect(county.households).toHaveLength(288);
  expect(county.applicants).toHaveLength(16);
  const codes = new Set(county.villages.map((village) => village.villageCode));
  expect(codes.size).toBe(8);
});

test('every ID number is valid, in the area that does not exist, and nobody shares one', () => {
  for (const { idNumber } of people) {
    expect(checkIdNumber(idNumber)).toMatchObject({ ok: true });
    expect(idNumber.startsWith(SYNTHETIC_AREA)).toBe(true);
  }
  expect(new Set(people.map((member) => member.idNumber)).size).toBe(people.length);
});

test('each kind of household that a guard refuses occurs among the poor, most have no obstacle', () => {
  const poor = county.households.filter((each) => each.status === 'poor');
  const blocked = poor.filter((each) => unresolvedSecurity(each.security).length > 0);
  const ready = poor.length - blocked.length;
  expect(ready).toBeGreaterThan(blocked.length * 2);
  for (const key of ['water', 'education', 'medical', 'housing'] as const) {
    expect(blocked.some((each) => each.security[key] === false)).toBe(true);
  }
  expect(blocked.some((each) => each.security.clothing === null)).toBe(true);
  expect(poor.some((each) => each.relocation.listed && !each.relocation.occupied)).toBe(true);
  expect(poor.some((each) => each.housingGrade === 'C' || each.housingGrade === 'D')).toBe(true);
  for (const attribute of ['ordinary', 'dibao', 'destitute']) {
    expect(poor.some((each) => each.attribute === attribute)).toBe(true);
  }
});

test('its roll reads back to the same county, without an error or a suspect (疑似)', async () => {
  const { villages, households } = county;
  const file = await writeHouseholdRoll({ villages, households, year: 2019 });
  const reading = await parseHouseholdRoll(file);
  expect(reading.errors).toEqual([]);
  expect(reading.suspects).toEqual([]);
  expect(reading.rows).toEqual({ villages, households });
  expect(reading.summary).toEqual({ villages: 8, households: 288, members: 875, years: ['2019'] });
});
