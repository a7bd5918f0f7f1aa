import { Button, Checkbox, Flex, Form, Input, InputNumber, Select, Typography } from 'antd';
import type { ReactElement } from 'react';
import type { MeetingRecord } from '../../../domain/kernel/event.ts';
import { type CaseState, isActive } from '../../../domain/kernel/state.ts';
import type { Instant } from '../../../domain/time/instant.ts';
import { DateField } from '../clock/date-field.tsx';
import { localInstant, localText } from '../clock/instant-words.ts';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { FileField } from '../file/file-field.tsx';
import { caseName, caseOptions, type RosterDetail } from '../roster/roster.ts';

interface Ballot {
  readonly for: number | null;
  readonly against: number | null;
  readonly abstain: number | null;
}

interface AssemblyValues extends EvidenceValues {
  readonly group?: string;
  readonly heldAt: string;
  readonly place?: string;
  readonly chair?: string;
  readonly recorder?: string;
  readonly basis?: string;
  readonly entitled?: number | null;
  readonly present?: number | null;
  readonly workTeam?: string;
  readonly comparisonReadOut?: boolean;
  readonly proxies?: readonly { for?: string; by?: string; paper?: readonly string[] }[];
  readonly kinship?: readonly { caseId?: string; attendee?: string; relation?: string }[];
  readonly votes?: Readonly<Record<string, Ballot | undefined>>;
}

/** Names written with 、 or a comma between them. */
export function splitNames(text: string | undefined): string[] {
  return (text ?? '').split(/[、，,\s]+/).filter((name) => name !== '');
}

/** The field shows minutes; left as it was, it means the very moment at which the form was opened. */
function heldAtOf(text: string, now: Instant): Instant {
  return text === localText(now) ? now : (localInstant(text) ?? now);
}

function meetingOf(values: AssemblyValues, now: Instant): MeetingRecord {
  return {
    heldAt: heldAtOf(values.heldAt, now),
    place: values.place ?? '',
    chair: values.chair ?? '',
    recorder: values.recorder ?? '',
    basis: values.basis ?? '',
    entitled: values.entitled ?? 0,
    present: values.present ?? 0,
    proxies: (values.proxies ?? []).map((proxy) => ({
      for: proxy.for ?? '',
      by: proxy.by ?? '',
      paper: proxy.paper?.[0] ?? '',
    })),
    workTeamPresent: splitNames(values.workTeam),
    kinship: (values.kinship ?? []).map((tie) => ({
      caseId: tie.caseId ?? '',
      attendee: tie.attendee ?? '',
      relation: tie.relation ?? '',
    })),
    comparisonReadOut: values.comparisonReadOut ?? false,
  };
}

function voters(detail: RosterDetail, perGroup: boolean, group: string | undefined): CaseState[] {
  return detail.state.cases.filter(
    (item) => isActive(item) && !item.done && (!perGroup || item.groupId === (group ?? null)),
  );
}

function RollFields({ context }: { readonly context: ActionContext }): ReactElement {
  const { step } = context;
  const bases = step.kind === 'assembly' ? step.quorum.bases : [];
  const asked = [{ required: true, message: '请填写' }];
  return (
    <>
      <Form.Item name="heldAt" label="开会时间" rules={asked}>
        <DateField withTime />
      </Form.Item>
      <Form.Item name="place" label="地点" rules={asked}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="chair" label="主持人" rules={asked}>
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item name="recorder" label="记录人" rules={asked}>
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item name="basis" label="参会基数" rules={asked}>
        <Select options={bases.map(({ key, name }) => ({ value: key, label: name }))} />
      </Form.Item>
      <Flex gap={12} wrap>
        <Form.Item name="entitled" label="应到人数" rules={asked}>
          <InputNumber min={1} precision={0} />
        </Form.Item>
        <Form.Item name="present" label="实到人数" rules={asked}>
          <InputNumber min={0} precision={0} />
        </Form.Item>
      </Flex>
      <Form.Item name="workTeam" label="驻村工作队参会人（用顿号隔开）">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="comparisonReadOut" valuePropName="checked">
        <Checkbox>会上宣读了比对结果</Checkbox>
      </Form.Item>
    </>
  );
}

function ProxyFields(): ReactElement {
  return (
    <Form.List name="proxies">
      {(fields, { add, remove }) => (
        <Form.Item label="书面委托">
          {fields.map(({ key, name }) => (
            <Flex key={key} gap={8} wrap align="center">
              <Form.Item name={[name, 'for']} noStyle>
                <Input placeholder="委托人" style={{ width: 110 }} />
              </Form.Item>
              <Form.Item name={[name, 'by']} noStyle>
                <Input placeholder="受托人" style={{ width: 110 }} />
              </Form.Item>
              <Form.Item name={[name, 'paper']} noStyle>
                <FileField max={1} />
              </Form.Item>
              <Button onClick={() => remove(name)}>去掉</Button>
            </Flex>
          ))}
          <Button onClick={() => add()}>加一份委托</Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

function KinshipFields({ detail }: { readonly detail: RosterDetail }): ReactElement {
  return (
    <Form.List name="kinship">
      {(fields, { add, remove }) => (
        <Form.Item label="参会人与名单上的户有亲属关系的">
          {fields.map(({ key, name }) => (
            <Flex key={key} gap={8} wrap align="center">
              <Form.Item name={[name, 'caseId']} noStyle>
                <Select
                  aria-label="户"
                  options={caseOptions(detail, isActive)}
                  style={{ width: 120 }}
                />
              </Form.Item>
              <Form.Item name={[name, 'attendee']} noStyle>
                <Input placeholder="参会人" style={{ width: 110 }} />
              </Form.Item>
              <Form.Item name={[name, 'relation']} noStyle>
                <Input placeholder="关系" style={{ width: 90 }} />
              </Form.Item>
              <Button onClick={() => remove(name)}>去掉</Button>
            </Flex>
          ))}
          <Button onClick={() => add()}>加一条亲属关系</Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

function VoteFields({ detail, perGroup }: { detail: RosterDetail; perGroup: boolean }) {
  const group = Form.useWatch<string | undefined>('group');
  const present = Form.useWatch<number | undefined>('present');
  const cases = voters(detail, perGroup, group);
  return (
    <>
      <Typography.Paragraph>每户得票（赞成、反对、弃权）：</Typography.Paragraph>
      {cases.map(({ id }) => (
        <Flex key={id} gap={8} wrap align="center" style={{ marginBottom: 8 }}>
          <span style={{ minWidth: 72 }}>{caseName(detail, id)}</span>
          {(['for', 'against', 'abstain'] as const).map((side) => (
            <Form.Item
              key={side}
              name={['votes', id, side]}
              noStyle
              initialValue={side === 'for' ? present : 0}
            >
              <InputNumber
                aria-label={`${caseName(detail, id)}${VOTE_WORDS[side]}`}
                min={0}
                precision={0}
                prefix={VOTE_WORDS[side]}
                style={{ width: 110 }}
              />
            </Form.Item>
          ))}
        </Flex>
      ))}
    </>
  );
}

const VOTE_WORDS = { for: '赞成', against: '反对', abstain: '弃权' } as const;

function useAssembly(context: ActionContext): { perGroup: boolean; initial: AssemblyValues } {
  const { detail, step } = context;
  const perGroup = step.kind === 'assembly' && step.per === 'group';
  const next = detail.groups.find(({ id }) => voters(detail, true, id).length > 0);
  const basis = step.kind === 'assembly' ? step.quorum.bases[0]?.key : undefined;
  return {
    perGroup,
    initial: {
      heldAt: localText(context.now),
      ...(basis !== undefined && { basis }),
      ...(perGroup && next !== undefined && { group: next.id }),
    },
  };
}

function GroupField({ detail }: { readonly detail: RosterDetail }): ReactElement {
  return (
    <Form.Item
      name="group"
      label="村民小组"
      rules={[{ required: true, message: '请选择村民小组' }]}
    >
      <Select options={detail.groups.map(({ id, name }) => ({ value: id, label: name }))} />
    </Form.Item>
  );
}

/** 评议会: roll, quorum, proxies, kinship, and the vote on each household. */
export function AssemblyForm(context: ActionContext): ReactElement {
  const { detail, step, now } = context;
  const { perGroup, initial } = useAssembly(context);
  return (
    <CommandForm<AssemblyValues>
      context={context}
      initial={initial}
      toBody={(values) => ({
        type: 'hold-assembly',
        group: perGroup ? (values.group ?? null) : null,
        meeting: meetingOf(values, now),
        votes: voters(detail, perGroup, values.group).map(({ id }) => ({
          caseId: id,
          for: values.votes?.[id]?.for ?? 0,
          against: values.votes?.[id]?.against ?? 0,
          abstain: values.votes?.[id]?.abstain ?? 0,
        })),
        evidence: evidenceOf(values),
      })}
    >
      {perGroup && <GroupField detail={detail} />}
      <RollFields context={context} />
      <ProxyFields />
      <KinshipFields detail={detail} />
      <VoteFields detail={detail} perGroup={perGroup} />
      <EvidenceFields of={step.evidence} />
    </CommandForm>
  );
}

/** 评议会未达人数: a meeting that counts for nothing and holds only its own group. */
export function VoidAssemblyForm(context: ActionContext): ReactElement {
  const { detail, step, now } = context;
  const { perGroup, initial } = useAssembly(context);
  return (
    <CommandForm<AssemblyValues>
      context={context}
      initial={initial}
      toBody={(values) => ({
        type: 'record-void-assembly',
        group: perGroup ? (values.group ?? null) : null,
        meeting: meetingOf(values, now),
        evidence: evidenceOf(values),
      })}
    >
      {perGroup && <GroupField detail={detail} />}
      <RollFields context={context} />
      <EvidenceFields of={step.evidence} />
    </CommandForm>
  );
}
