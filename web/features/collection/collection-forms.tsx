import { Alert, Checkbox, Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import type { ActionContext } from '../command/command-form.tsx';
import { CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { type RosterDetail } from '../roster/roster.ts';

interface Entry {
  readonly caseId: string;
  readonly formHash: string;
}

interface EntryValues extends EvidenceValues {
  readonly caseIds: readonly string[];
}

/** Cases that still wait at this step, with the newest form saved for them. */
function waiting(detail: RosterDetail) {
  const live = new Map(detail.state.cases.map((item) => [item.id, item]));
  return detail.subjects.filter(({ caseId }) => {
    const item = live.get(caseId);
    return item?.status === 'on-list' && !item.done;
  });
}

function entriesOf(detail: RosterDetail, caseIds: readonly string[]): Entry[] {
  return detail.subjects.flatMap(({ caseId, formHash }) =>
    formHash !== null && caseIds.includes(caseId) ? [{ caseId, formHash }] : [],
  );
}

function CaseChoice({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const cases = waiting(detail);
  const unwritten = cases.filter(({ formHash }) => formHash === null);
  return (
    <>
      {unwritten.length > 0 && (
        <Alert
          type="warning"
          style={{ marginBottom: 12 }}
          title={
            <>
              还没有表的{unitWord(detail.plan)}：
              {unwritten.map(({ caseId, headName }) => (
                <Link key={caseId} to={`/rosters/${detail.id}/cases/${caseId}/form`}>
                  {headName}{' '}
                </Link>
              ))}
            </>
          }
        />
      )}
      <Form.Item
        name="caseIds"
        label={`办哪些${unitWord(detail.plan)}`}
        rules={[{ required: true, message: `至少选一${unitWord(detail.plan)}` }]}
      >
        <Checkbox.Group
          options={cases.map(({ caseId, headName, formHash }) => ({
            value: caseId,
            label: headName,
            disabled: formHash === null,
          }))}
        />
      </Form.Item>
    </>
  );
}

function readyIds(detail: RosterDetail): readonly string[] {
  return waiting(detail).flatMap(({ caseId, formHash }) => (formHash === null ? [] : [caseId]));
}

/** 采集: closes the step for the households whose form is saved. */
export function CollectionForm(context: ActionContext): ReactElement {
  const { detail, step } = context;
  const initial: EntryValues = { caseIds: readyIds(detail) };
  return (
    <CommandForm<EntryValues>
      context={context}
      initial={initial}
      toBody={(values) => ({
        type: 'record-collection',
        entries: entriesOf(detail, values.caseIds),
        evidence: evidenceOf(values),
      })}
    >
      <CaseChoice detail={detail} />
      <EvidenceFields of={step.evidence} />
    </CommandForm>
  );
}

interface VerifyValues extends EntryValues {
  readonly signers: Readonly<Record<string, string | undefined>>;
}

/** 核实: the sheet with its signers. */
export function VerificationForm(context: ActionContext): ReactElement {
  const { detail, step } = context;
  const roles = step.kind === 'verification' ? step.signers : [];
  const initial: VerifyValues = { caseIds: readyIds(detail), signers: {} };
  return (
    <CommandForm<VerifyValues>
      context={context}
      initial={initial}
      toBody={(values) => ({
        type: 'verify',
        entries: entriesOf(detail, values.caseIds),
        signers: roles.flatMap((role, index) => {
          const name = values.signers[String(index)]?.trim() ?? '';
          return name === '' ? [] : [{ role, name }];
        }),
        evidence: evidenceOf(values),
      })}
    >
      <CaseChoice detail={detail} />
      {roles.map((role, index) => (
        <Form.Item key={role} name={['signers', String(index)]} label={`${role}签字`}>
          <Input maxLength={50} />
        </Form.Item>
      ))}
      <EvidenceFields of={step.evidence} />
    </CommandForm>
  );
}
