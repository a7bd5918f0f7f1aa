import type { SignedFinding } from '../../../domain/facts/household-facts.ts';

/** 研判意见 as fields of the page. */
export interface SignedText {
  readonly holds: boolean;
  readonly signer?: string;
  readonly reason?: string;
}

/** Fields of a saved finding. */
export function signedText(finding: SignedFinding | null): SignedText {
  return finding ?? { holds: false };
}

/** A finding that nobody signed is none. */
export function findingOf(text: SignedText | undefined): SignedFinding | null {
  const { holds = false, signer = '', reason = '' } = text ?? {};
  return signer === '' ? null : { holds, signer, reason };
}
