import { Alert, Button, Card, Flex, Form, Input, Typography } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { type Problem, ProblemError, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { AnswerAlert } from '../command/answer-alert.tsx';
import { useSubmission } from '../command/submission.ts';
import { RefusalList } from '../refusal/refusal-list.tsx';
import { RefusedAlert } from '../refusal/refused-alert.tsx';
import { caseName, type RosterDetail } from '../roster/roster.ts';
import { useSession } from '../session/session.ts';

type Preview = Answers['POST /rosters/:rosterId/plan-previews'];
type Difference = Preview['differences'][number];

function usePreview(rosterId: string) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const compare = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    setPreview(null);
    try {
      setPreview(await write<Preview>('POST', `/rosters/${rosterId}/plan-previews`, {}));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    } finally {
      setBusy(false);
    }
  };
  return { preview, problem, busy, compare };
}

function DifferenceLine({ difference }: { readonly difference: Difference }): ReactElement {
  const { where, what, before, after } = difference;
  return (
    <div className="value-line">
      <strong>
        {where}：{what}
      </strong>
      <div>原来：{before ?? '没有'}</div>
      <div>现行：{after ?? '没有'}</div>
    </div>
  );
}

function AdoptionForm(props: {
  readonly detail: RosterDetail;
  readonly preview: Preview;
}): ReactElement {
  const { detail, preview } = props;
  const submission = useSubmission(`/rosters/${detail.id}/commands`);
  const name = useId();
  const nameOf = (caseId: string): string => caseName(detail, caseId);
  if (submission.answer?.kind === 'applied') {
    return <Alert type="success" showIcon title="本名单已按现行规则办理" />;
  }
  return (
    <Form<{ readonly reason: string }>
      name={name}
      layout="vertical"
      onFinish={({ reason }) =>
        void submission.send({ type: 'adopt-plan', planHash: preview.planHash, reason })
      }
    >
      {preview.refusals.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title="现在还不能更换，原因如下。"
          description={<RefusalList refusals={preview.refusals} nameOf={nameOf} />}
        />
      )}
      <Form.Item
        name="reason"
        label="更换的理由和依据"
        rules={[{ required: true, message: '请写明理由和依据' }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
      </Form.Item>
      <Flex vertical gap={12}>
        <AnswerAlert answer={submission.answer} nameOf={nameOf} />
        <Button type="primary" htmlType="submit" loading={submission.sending}>
          更换为现行规则
        </Button>
      </Flex>
    </Form>
  );
}

function Comparison({ detail, preview }: { detail: RosterDetail; preview: Preview }) {
  if (preview.isSame) {
    return <Alert type="success" showIcon title="本名单的规则与现行规则相同，不用更换。" />;
  }
  return (
    <Flex vertical gap={12}>
      <Typography.Text>
        {preview.differences.length === 0
          ? '办理环节和标准都没有变化，只是规则的文字或出处有更正。'
          : `有${preview.differences.length}处不同：`}
      </Typography.Text>
      {preview.differences.map((difference) => (
        <DifferenceLine key={`${difference.where} ${difference.what}`} difference={difference} />
      ))}
      <AdoptionForm key={preview.planHash} detail={detail} preview={preview} />
    </Flex>
  );
}

/** 更换适用规则 — for the office: what the rules say now, and the act by which this list takes them. */
export function PlanAdoptionCard({
  detail,
}: {
  readonly detail: RosterDetail;
}): ReactElement | null {
  const { preview, problem, busy, compare } = usePreview(detail.id);
  const session = useSession().data;
  const isOffice =
    session?.duties.some(
      ({ duty, orgCode }) => duty === 'office' && detail.state.unitCode.startsWith(orgCode),
    ) ?? false;
  if (!isOffice || detail.state.closedAt !== null) return null;
  return (
    <Card size="small" title="更换适用规则（领导小组办公室）">
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">
          名单一直按发起时的规则办理。规则更正或重新核定以后，在这里比较，再决定是否更换；已办的环节不重办。
        </Typography.Text>
        <Button style={{ alignSelf: 'flex-start' }} loading={busy} onClick={() => void compare()}>
          与现行规则比较
        </Button>
        {problem !== null && <RefusedAlert problem={problem} type="warning" />}
        {preview !== null && <Comparison detail={detail} preview={preview} />}
      </Flex>
    </Card>
  );
}
