import { Alert, Button, Flex, Spin, Tag, Typography } from 'antd';
import type { ReactElement } from 'react';
import type { CommandType } from '../../../domain/kernel/command.ts';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RefusalList } from '../refusal/refusal-list.tsx';
import { type Session, useSession } from '../session/session.ts';
import {
  type ActionExplanation,
  caseName,
  currentStep,
  type RosterDetail,
  useWhy,
} from './roster.ts';
import { holderWords } from './step-rail.tsx';

interface WhyPanelProps {
  readonly detail: RosterDetail;
  readonly onAct: (action: ActionExplanation) => void;
}

/** Actions beside the way of the list: at hand, but never what the list waits for. */
const BESIDE: ReadonlySet<CommandType> = new Set([
  'record-void-assembly',
  'advance',
  'correct-notice',
  'remove-notice',
  'raise-objection',
  'return-cases',
  'split',
  'withdraw-case',
  'suspend',
  'resume',
]);

/** Said of an action that was done already: no obstacle, so it is not shown as one. */
const DONE_CODES: ReadonlySet<string> = new Set(['ALREADY-DONE']);

/**
 * What is judged of 登记 is the reviewer's carry. To who enters the households, who may not carry them is
 * no obstacle: the entries come first.
 */
function asOperator(
  action: ActionExplanation,
  detail: RosterDetail,
  session: Session | null,
): ActionExplanation {
  const enters = session?.duties.some(({ duty }) => duty === 'registry-operator') ?? false;
  const reviews = session?.duties.some(({ duty }) => duty === 'entry-reviewer') ?? false;
  if (action.type !== 'carry-registrations' || !enters || reviews) return action;
  const refusals = action.refusals.filter(({ code }) => code !== 'NOT-YOUR-DUTY');
  return {
    ...action,
    words: `逐${unitWord(detail.plan)}录入`,
    allowed: refusals.length === 0,
    refusals,
  };
}

/** Every place has its posting, corrections too: another one is nothing that the list waits for. */
function isPosted(type: CommandType, detail: RosterDetail): boolean {
  const step = currentStep(detail);
  const { notice, announcement, stepIndex } = detail.state;
  const isNotice = type === 'post-notice' && step?.kind === 'notice';
  const isAnnouncement = type === 'post-announcement' && step?.kind === 'announcement';
  if (!isNotice && !isAnnouncement) return false;
  const sheet = isNotice ? notice : announcement;
  if (sheet?.stepIndex !== stepIndex) return false;
  if (sheet.corrections.some(({ complete }) => !complete)) return false;
  return step.places.every(({ key }) => sheet.postings.some(({ place }) => place === key));
}

function isDone({ allowed, refusals }: ActionExplanation): boolean {
  return !allowed && refusals.length > 0 && refusals.every(({ code }) => DONE_CODES.has(code));
}

function ActionLine({ action, detail, onAct }: WhyPanelProps & { action: ActionExplanation }) {
  return (
    <div>
      <Flex wrap gap={8} align="center">
        <Button
          type={action.allowed ? 'primary' : 'default'}
          onClick={() => onAct(action)}
          data-action={action.type}
        >
          {action.words}
        </Button>
        {!action.allowed && <Tag color="warning">现在还不能办</Tag>}
        {action.needs.length > 0 && (
          <Typography.Text type="secondary">要备齐：{action.needs.join('、')}</Typography.Text>
        )}
      </Flex>
      {!action.allowed && (
        <RefusalList refusals={action.refusals} nameOf={(caseId) => caseName(detail, caseId)} />
      )}
    </div>
  );
}

function Beside({
  actions,
  onAct,
}: { actions: readonly ActionExplanation[] } & Omit<WhyPanelProps, 'detail'>) {
  if (actions.length === 0) return null;
  return (
    <Flex wrap gap={8} align="center">
      <Typography.Text type="secondary">其他办理：</Typography.Text>
      {actions.map((action) => (
        <Button
          key={action.type}
          size="small"
          type={action.allowed ? 'default' : 'dashed'}
          data-action={action.type}
          onClick={() => onAct(action)}
        >
          {action.words}
        </Button>
      ))}
    </Flex>
  );
}

function WhoseTurn({ detail, mayAct }: { detail: RosterDetail; mayAct: boolean }) {
  const step = currentStep(detail);
  if (detail.state.closedAt !== null || step === null) {
    return <Alert type="success" showIcon title="本名单已办结" />;
  }
  if (mayAct) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={`现在是“${step.name}”环节，由${holderWords(step)}办理；您现在能不能办、为什么，见下。`}
    />
  );
}

/** 为什么不能推进: what may be done now, and for what may not, every reason. */
export function WhyPanel({ detail, onAct }: WhyPanelProps): ReactElement {
  const why = useWhy(detail.id);
  const session = useSession().data ?? null;
  if (why.isPending) return <Spin />;
  if (why.isError) return <ProblemAlert error={why.error} />;
  const actions = why.data.actions.map((action) => asOperator(action, detail, session));
  const main = actions.filter(
    (action) => !BESIDE.has(action.type) && !isDone(action) && !isPosted(action.type, detail),
  );
  const ordered = main.toSorted((a, b) => Number(b.allowed) - Number(a.allowed));
  return (
    <Flex vertical gap={12}>
      <WhoseTurn detail={detail} mayAct={main.some(({ allowed }) => allowed)} />
      {ordered.map((action) => (
        <ActionLine key={action.type} action={action} detail={detail} onAct={onAct} />
      ))}
      <Beside actions={actions.filter(({ type }) => BESIDE.has(type))} onAct={onAct} />
    </Flex>
  );
}
