import type { TrainingGround } from './training-ground.ts';

/** What the registry says of a household; more of it than is named here. */
export interface RegisteredHousehold {
  readonly status: string;
  readonly cause: string | null;
  readonly monitoring?: readonly object[];
  readonly members: readonly { readonly name: string; readonly relation: string }[];
}

/** What the registry holds of each head's monitoring, beside its status. */
export async function monitoringByHead(ground: TrainingGround, villageCode: string) {
  const rows = await householdsByHead(ground, villageCode);
  return Object.fromEntries(
    [...rows].map(([head, { status, monitoring = [] }]) => [head, { status, monitoring }]),
  );
}

/** The registry's households of a village now, by their heads. */
export async function householdsByHead(
  { instance }: TrainingGround,
  villageCode: string,
): Promise<ReadonlyMap<string, RegisteredHousehold>> {
  const response = await fetch(`${instance.registryUrl}/villages/${villageCode}/households`);
  const rows = (await response.json()) as RegisteredHousehold[];
  const headOf = ({ members }: RegisteredHousehold) =>
    members.find(({ relation }) => relation === '户主')?.name ?? '';
  return new Map(rows.map((row) => [headOf(row), row]));
}
