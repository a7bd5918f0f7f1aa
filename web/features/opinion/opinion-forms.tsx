import { Checkbox, Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { isActive } from '../../../domain/kernel/state.ts';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { plainDate, plainDateAt } from '../../../domain/time/instant.ts';
import { instantWords } from '../clock/instant-words.ts';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { DocumentFields } from '../command/document-fields.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { objectionWords } from '../objection/objection-list.tsx';
import { caseName, type RosterDetail } from '../roster/roster.ts';

interface OpinionValues extends EvidenceValues {
  readonly opinion?: string;
  /** Case id → why it does not pass. */
  readonly refused?: Readonly<Record<string, string | undefined>>;
  readonly answered?: Readonly<Record<string, string | undefined>>;
  readonly acceptLate?: readonly number[];
}

function written(texts: Readonly<Record<string, string | undefined>> = {}): [string, string][] {
  return Object.entries(texts).flatMap(([id, text]) => {
    const words = text?.trim() ?? '';
    return words === '' ? [] : [[id, words]];
  });
}

function judgementOf(values: OpinionValues) {
  return {
    opinion: values.opinion ?? '',
    refuse: written(values.refused).map(([caseId, words]) => ({ caseId, words })),
    answers: written(values.answered).map(([objectionId, words]) => ({ objectionId, words })),
    acceptLate: values.acceptLate ?? [],
    evidence: evidenceOf(values),
  };
}

function JudgementFields({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const { state } = detail;
  const unanswered = state.objections.filter(({ late, answered }) => late && !answered);
  const provisional = state.lateEntries.filter(({ accepted }) => !accepted);
  return (
    <>
      <Form.Item name="opinion" label="意见" rules={[{ required: true, message: '请填写意见' }]}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
      </Form.Item>
      {provisional.length > 0 && (
        <Form.Item name="acceptLate" label="补登的材料，逐件认定">
          <Checkbox.Group
            options={provisional.map(({ seq, stepIndex, claimedAt, receivedAt }) => ({
              value: seq,
              label: `${detail.plan.steps[stepIndex]?.name ?? ''}：${instantWords(claimedAt)}办理，${instantWords(receivedAt)}补登`,
            }))}
          />
        </Form.Item>
      )}
      {unanswered.map((objection) => (
        <Form.Item
          key={objection.id}
          name={['answered', objection.id]}
          label={`答复：${objectionWords(objection, detail)}（公示期满后提出）`}
        >
          <Input.TextArea autoSize maxLength={500} />
        </Form.Item>
      ))}
      <p>不予通过的{unitWord(detail.plan)}，写明理由；通过的不填。</p>
      {state.cases.filter(isActive).map(({ id }) => (
        <Form.Item key={id} name={['refused', id]} label={caseName(detail, id)}>
          <Input maxLength={300} placeholder="通过" />
        </Form.Item>
      ))}
    </>
  );
}

/** 审核 (复核, 初审 …): the higher level reads the list. */
export function ReviewForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<OpinionValues>
      context={context}
      initial={{ opinion: '同意' }}
      toBody={(values) => ({ type: 'review', ...judgementOf(values) })}
    >
      <JudgementFields detail={context.detail} />
      <EvidenceFields of={context.step.evidence} />
    </CommandForm>
  );
}

interface DecisionValues extends OpinionValues {
  readonly documentNo?: string;
  readonly documentOn: string;
}

/** 审定: the county's document. */
export function DecisionForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<DecisionValues>
      context={context}
      initial={{ opinion: '同意', documentOn: plainDateAt(context.now) }}
      toBody={(values) => ({
        type: 'decide',
        documentNo: values.documentNo ?? '',
        documentOn: plainDate(values.documentOn),
        ...judgementOf(values),
      })}
    >
      <DocumentFields />
      <JudgementFields detail={context.detail} />
      <EvidenceFields of={context.step.evidence} />
    </CommandForm>
  );
}
