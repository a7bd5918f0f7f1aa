/** 演练数据 — everything that a training instance is filled with, made from a scenario or the demo county. */
import type { Duty, HeldGrant } from '../../domain/kernel/actor.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { ValueConfirmation } from '../../policies/confirm-values.ts';
import type {
  NewRegistryHousehold,
  RegistryHousehold,
  RegistryVillage,
} from '../../registry/household.ts';
import type { RegistryWindow } from '../../registry/window.ts';

/** 组织 with its place in the tree; days are civil days, `validTo` exclusive. */
export interface TrainingOrganisation {
  readonly code: string;
  readonly parentCode: string | null;
  readonly level: OrgLevel;
  readonly name: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** 岗位 of a training user. */
export interface TrainingDuty {
  readonly orgCode: string;
  readonly duty: Duty;
  readonly department: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** 授权 of a training user. */
export interface TrainingGrant extends HeldGrant {
  readonly reason: string;
  readonly grantedBy: string;
}

/** 演练用户. Nobody of them is real, and the password is no secret. */
export interface TrainingPerson {
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  /** 所属单位, whose administrator keeps the account. */
  readonly orgCode: string;
  readonly password: string;
  readonly disabled: boolean;
  readonly duties: readonly TrainingDuty[];
  readonly grants: readonly TrainingGrant[];
}

/** 核定 in force from the first minute of the training. */
export interface TrainingConfirmation extends ValueConfirmation {
  readonly packId: string;
  readonly areaCode: string;
}

/** 本地规则包: a pack beside the shipped ones. */
export interface TrainingPack {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  /** YAML. */
  readonly source: string;
}

/** A whole training instance. */
export interface TrainingWorld {
  readonly title: string;
  /** Where the business clock is put. */
  readonly clockAt: Instant;
  readonly organisations: readonly TrainingOrganisation[];
  readonly groups: readonly { readonly villageCode: string; readonly name: string }[];
  readonly people: readonly TrainingPerson[];
  readonly villages: readonly RegistryVillage[];
  readonly households: readonly RegistryHousehold[];
  /** Households that the registry does not hold and that may apply. */
  readonly applicants: readonly NewRegistryHousehold[];
  /** 居住地 by engine household id, where it is not the registering village. */
  readonly residences: Readonly<Record<string, string>>;
  readonly windows: readonly RegistryWindow[];
  readonly packs: readonly TrainingPack[];
  readonly confirmations: readonly TrainingConfirmation[];
}
