/**
 * 判断依据的保存 — the facts of a decision are kept by content hash. Households stand in them by the
 * hashes of registry snapshot and visit form, which are kept once and never changed, so that a decision
 * over five hundred households adds some hundred bytes for each and not their whole papers.
 */
import type { CaseFacts, RegistrySnapshot, VisitForm } from '../../domain/facts/household-facts.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { snapshotHash } from '../../registry/snapshot.ts';

/** A household in stored facts. The snapshot's own hash leaves out `asOf`, which therefore stands here. */
export interface CaseReference extends Omit<CaseFacts, 'registry' | 'form'> {
  readonly registry: { readonly hash: string; readonly asOf: Instant } | null;
  readonly form: string | null;
}

/** 事实 as stored under their hash. */
export interface StoredFacts extends Omit<Facts, 'cases'> {
  readonly cases: Readonly<Record<string, CaseReference>>;
}

/** Facts with households by reference. */
export function toStoredFacts(facts: Facts): StoredFacts {
  const cases = Object.entries(facts.cases).map(([id, known]) => [id, toReference(known)]);
  return { ...facts, cases: Object.fromEntries(cases) };
}

function toReference({ registry, form, ...others }: CaseFacts): CaseReference {
  return {
    ...others,
    registry: registry === null ? null : { hash: registry.hash, asOf: registry.asOf },
    form: form?.hash ?? null,
  };
}

/** The same facts again, with what the references stand for. Undefined where that cannot be found. */
export function fromStoredFacts(
  stored: StoredFacts,
  find: {
    readonly snapshot: (hash: string) => RegistrySnapshot | undefined;
    readonly form: (hash: string) => VisitForm | undefined;
  },
): Facts | undefined {
  const cases: [string, CaseFacts][] = [];
  for (const [id, { registry, form, ...others }] of Object.entries(stored.cases)) {
    const snapshot = registry === null ? null : find.snapshot(registry.hash);
    const visited = form === null ? null : find.form(form);
    if (snapshot === undefined || visited === undefined) return undefined;
    cases.push([id, { ...others, registry: snapshot, form: visited }]);
  }
  return { ...stored, cases: Object.fromEntries(cases) };
}

/** Whether a snapshot is what its hash and the instant beside it say. */
export function isSnapshotWhole(
  { hash, asOf, ...content }: RegistrySnapshot,
  reference: CaseReference['registry'],
): boolean {
  return hash === reference?.hash && asOf === reference.asOf && snapshotHash(content) === hash;
}
