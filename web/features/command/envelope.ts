import type { Envelope } from '../../../domain/kernel/command.ts';
import { plainDate } from '../../../domain/time/instant.ts';
import { localInstant } from '../clock/instant-words.ts';

/** 随附: the parts that any command may carry, as fields. */
export interface EnvelopeFields {
  readonly leaveBehind?: boolean;
  readonly lateAt?: string;
  readonly lateKind?: 'dated-photo' | 'stamped-original';
  readonly lateProof?: readonly string[];
  readonly signerId?: string;
  readonly paperOn?: string;
  readonly paperScan?: readonly string[];
  readonly reasons?: Readonly<Record<string, string | undefined>>;
}

/** The envelope of a command: fields left empty are left out. */
export function envelopeOf(fields: EnvelopeFields): Envelope {
  const { lateAt, lateKind, lateProof, signerId, paperOn, paperScan } = fields;
  const claimedAt = lateAt === undefined ? undefined : localInstant(lateAt);
  const given = Object.entries(fields.reasons ?? {}).filter(([, reason]) => reason);
  const reasons = Object.fromEntries(given.map(([code, reason]) => [code, reason ?? '']));
  return {
    ...(fields.leaveBehind === true && { leaveBehind: true }),
    ...(given.length > 0 && { reasons }),
    ...(claimedAt !== undefined && {
      late: { claimedAt, proofKind: lateKind ?? 'dated-photo', proof: lateProof?.[0] ?? '' },
    }),
    ...(signerId !== undefined &&
      paperOn !== undefined && {
        onBehalf: { userId: signerId, paperOn: plainDate(paperOn), scan: paperScan?.[0] ?? '' },
      }),
  };
}
