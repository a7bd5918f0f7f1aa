import { Button, Checkbox, Collapse, Flex, Form, Input, Select } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import type { CommandBody, CommandRequest, Envelope } from '../../../domain/kernel/command.ts';
import type { PlanStep } from '../../../domain/plan/plan.ts';
import { DateField } from '../clock/date-field.tsx';
import { localInstant } from '../clock/instant-words.ts';
import { FileField } from '../file/file-field.tsx';
import { caseName, type RosterDetail } from '../roster/roster.ts';
import { AnswerAlert } from './answer-alert.tsx';
import { useSubmission } from './submission.ts';

/** What every form of an action gets: the list, its step, and what to do when it is done. */
export interface ActionContext {
  readonly detail: RosterDetail;
  readonly step: PlanStep;
  /** Business time at which the form was opened. */
  readonly now: number;
  readonly onDone: () => void;
}

/** 随附: the parts that any command may carry, as fields. */
interface EnvelopeFields {
  readonly leaveBehind?: boolean;
  readonly lateAt?: string;
  readonly lateKind?: 'dated-photo' | 'stamped-original';
  readonly lateProof?: readonly string[];
  readonly reasons?: Readonly<Record<string, string | undefined>>;
}

function envelopeOf(fields: EnvelopeFields): Envelope {
  const claimedAt = fields.lateAt === undefined ? undefined : localInstant(fields.lateAt);
  const given = Object.entries(fields.reasons ?? {}).filter(([, reason]) => reason);
  const reasons = Object.fromEntries(given.map(([code, reason]) => [code, reason ?? '']));
  return {
    ...(fields.leaveBehind === true && { leaveBehind: true }),
    ...(given.length > 0 && { reasons }),
    ...(claimedAt !== undefined && {
      late: {
        claimedAt,
        proofKind: fields.lateKind ?? 'dated-photo',
        proof: fields.lateProof?.[0] ?? '',
      },
    }),
  };
}

function EnvelopeSection({ step, detail }: { step: PlanStep; detail: RosterDetail }) {
  const excused = step.guards.filter(({ mode }) => mode === 'warn-with-reason');
  return (
    <>
      {excused.map(({ id, clauseId }) => (
        <Form.Item
          key={id}
          name={['envelope', 'reasons', id]}
          label={`如与“${detail.plan.clauses[clauseId]?.quote ?? '原则上的要求'}”不一致，说明理由`}
        >
          <Input.TextArea autoSize maxLength={500} />
        </Form.Item>
      ))}
      <Form.Item name={['envelope', 'leaveBehind']} valuePropName="checked">
        <Checkbox>不符合条件的户留下，另成一批，其余的先办</Checkbox>
      </Form.Item>
      <Form.Item name={['envelope', 'lateAt']} label="补登：实际办理时间（有凭据才填）">
        <DateField withTime />
      </Form.Item>
      <Form.Item name={['envelope', 'lateKind']} label="补登凭据种类" initialValue="dated-photo">
        <Select
          options={[
            { value: 'dated-photo', label: '带日期的照片' },
            { value: 'stamped-original', label: '盖章的原件' },
          ]}
        />
      </Form.Item>
      <Form.Item name={['envelope', 'lateProof']} label="补登凭据">
        <FileField max={1} />
      </Form.Item>
    </>
  );
}

interface CommandFormProps<V> {
  readonly context: ActionContext;
  readonly initial: V;
  readonly toBody: (values: V) => CommandRequest;
  readonly children: ReactNode;
}

/**
 * The form of one action: its own fields, what any command may carry, the button and the answer.
 * Field names of `V` stand at the top level; `envelope` is taken.
 */
export function CommandForm<V extends object>(props: CommandFormProps<V>): ReactElement {
  const { context, initial, toBody, children } = props;
  const { detail, step, onDone } = context;
  const submission = useSubmission(`/rosters/${detail.id}/commands`);
  const finish = async (values: V & { readonly envelope?: EnvelopeFields }): Promise<void> => {
    const body: CommandBody = { ...toBody(values), ...envelopeOf(values.envelope ?? {}) };
    const answer = await submission.send(body);
    if (answer.kind === 'applied' && answer.warnings.length === 0) onDone();
  };
  if (submission.answer?.kind === 'applied') {
    return (
      <Flex vertical gap={12}>
        <AnswerAlert answer={submission.answer} />
        <Button type="primary" onClick={onDone}>
          关闭
        </Button>
      </Flex>
    );
  }
  return (
    <Form<V & { readonly envelope?: EnvelopeFields }>
      layout="vertical"
      initialValues={initial}
      onFinish={(values) => void finish(values)}
      scrollToFirstError
    >
      {children}
      <Collapse
        size="small"
        items={[
          {
            key: 'more',
            label: '更多：分批、补登、说明理由',
            forceRender: true,
            children: <EnvelopeSection step={step} detail={detail} />,
          },
        ]}
      />
      <Flex vertical gap={12} style={{ marginTop: 16 }}>
        <AnswerAlert answer={submission.answer} nameOf={(caseId) => caseName(detail, caseId)} />
        <Button type="primary" htmlType="submit" loading={submission.sending}>
          提交
        </Button>
      </Flex>
    </Form>
  );
}
