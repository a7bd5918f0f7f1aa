/** Ids made from what the registry calls a thing, so that repeating an import finds its own rows. */
import { v5 as uuidV5 } from 'uuid';

const ID_SPACE = '6f1d1f4e-5c0a-5d0e-9a63-0d6a0a5f7c11';

/** Id of 户 by 户编号. */
export function householdIdOf(householdNo: string): string {
  return uuidV5(`household/${householdNo}`, ID_SPACE);
}

/** Id of 村民小组 by village and name. */
export function groupIdOf(villageCode: string, name: string): string {
  return uuidV5(`group/${villageCode}/${name}`, ID_SPACE);
}

/** Id of 家庭成员 by 人口编号. */
export function personIdOf(personNo: string): string {
  return uuidV5(`person/${personNo}`, ID_SPACE);
}

/** Id of a household that the registry does not hold, by its head's ID number. */
export function applicantIdOf(headIdNumber: string): string {
  return uuidV5(`applicant/${headIdNumber}`, ID_SPACE);
}
