import { Button, Collapse, Flex, Form } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import type { CommandBody, CommandRequest } from '../../../domain/kernel/command.ts';
import type { PlanStep } from '../../../domain/plan/plan.ts';
import { caseName, type RosterDetail } from '../roster/roster.ts';
import { AnswerAlert } from './answer-alert.tsx';
import { type EnvelopeFields, envelopeOf } from './envelope.ts';
import { EnvelopeSection } from './envelope-section.tsx';
import { useSubmission } from './submission.ts';

/** What every form of an action gets: the list, its step, and what to do when it is done. */
export interface ActionContext {
  readonly detail: RosterDetail;
  readonly step: PlanStep;
  /** Business time at which the form was opened. */
  readonly now: number;
  readonly onDone: () => void;
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
            label: '更多：分批、补登、代录、说明理由',
            forceRender: true,
            children: <EnvelopeSection step={step} detail={detail} now={context.now} />,
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
