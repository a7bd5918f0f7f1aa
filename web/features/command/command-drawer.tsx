import { Alert, Drawer, Flex } from 'antd';
import { type ReactElement, useState } from 'react';
import { useClock } from '../clock/clock.ts';
import { RefusalList } from '../refusal/refusal-list.tsx';
import {
  type ActionExplanation,
  caseName,
  currentStep,
  type RosterDetail,
} from '../roster/roster.ts';
import type { ActionContext } from './command-form.tsx';
import { FORMS } from './forms.ts';

interface CommandDrawerProps {
  readonly detail: RosterDetail;
  readonly action: ActionExplanation | null;
  readonly onClose: () => void;
}

function ActionForm({ action, context }: { action: ActionExplanation; context: ActionContext }) {
  // The clock goes on while a form is filled in; what the form was opened with stays.
  const [now] = useState(context.now);
  const Form = FORMS[action.type];
  if (Form === undefined) {
    return <Alert type="info" title="这一事项由系统或其他页面办理，不在这里填写。" />;
  }
  return (
    <Flex vertical gap={12}>
      {!action.allowed && (
        <Alert
          type="warning"
          showIcon
          title="现在还不能办，原因如下；提交后会按实际情况再判断一次。"
          description={
            <RefusalList
              refusals={action.refusals}
              nameOf={(caseId) => caseName(context.detail, caseId)}
            />
          }
        />
      )}
      <Form {...context} now={now} />
    </Flex>
  );
}

/** The form of the chosen action, beside the list. */
export function CommandDrawer({ detail, action, onClose }: CommandDrawerProps): ReactElement {
  const step = currentStep(detail) ?? detail.plan.steps.at(-1);
  const now = useClock().data?.now ?? detail.state.at;
  return (
    <Drawer
      title={action?.words}
      open={action !== null}
      onClose={onClose}
      size="large"
      destroyOnHidden
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      {action !== null && step !== undefined && (
        <ActionForm
          key={action.type}
          action={action}
          context={{ detail, step, now, onDone: onClose }}
        />
      )}
    </Drawer>
  );
}
