import { Alert, Form } from 'antd';
import { type ReactElement, useState } from 'react';
import type { MemberFacts } from '../../../domain/facts/household-facts.ts';
import { findCovered, isMaskedIdNumber } from '../../../domain/household/masked-id-number.ts';
import { ProblemError, read } from '../../api-client.ts';
import { RevealButton } from '../household/reveal-button.tsx';
import type { CaseForm, VisitFields } from './visit-form.ts';

type Person = Pick<MemberFacts, 'name' | 'idNumber'>;

function peopleOf({ form, registry, members }: CaseForm): readonly Person[] {
  return [...(form?.members ?? []), ...(registry?.members ?? []), ...members];
}

/** 查看证件号码 in a form that is being filled in: covered numbers become whole, the rest stays as typed. */
export function RevealIdNumbers({ caseId }: { readonly caseId: string }): ReactElement | null {
  const form = Form.useFormInstance<VisitFields>();
  const members = Form.useWatch('members', form) ?? [];
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!members.some((member) => isMaskedIdNumber(member?.idNumber ?? ''))) return null;
  const reveal = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const known = peopleOf(await read<CaseForm>(`/cases/${caseId}/form?idNumbers=full`));
      const typed = form.getFieldValue('members') as readonly MemberFacts[];
      const whole = typed.map((member) => ({
        ...member,
        idNumber: findCovered(member, known) ?? member.idNumber,
      }));
      form.setFieldValue('members', whole);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <RevealButton busy={busy} onReveal={() => void reveal()} />
      {problem !== null && <Alert type="error" showIcon title={problem} />}
    </>
  );
}
