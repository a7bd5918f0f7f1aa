import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Checkbox, Flex, Form, Input, Radio, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import type { SecurityIndicators } from '../../../domain/facts/household-facts.ts';
import type { MonitoringStandards, Plan } from '../../../domain/plan/plan.ts';
import { ProblemError, write } from '../../api-client.ts';
import { DateField } from '../clock/date-field.tsx';
import { FileField } from '../file/file-field.tsx';
import type { RosterDetail } from '../roster/roster.ts';
import { EliminationFields, ReversalFields } from './elimination-fields.tsx';
import { latestEpisode } from './elimination-form.ts';
import { IncomeFields } from './income-fields.tsx';
import { MemberFields } from './member-fields.tsx';
import { MonitoringFields } from './monitoring-fields.tsx';
import { PersonChangeFields } from './person-change-fields.tsx';
import { RevealIdNumbers } from './reveal-id-numbers.tsx';
import { FindingFields, SignatureFieldset, VisitorFields } from './signature-fields.tsx';
import { type CaseForm, draftOf, fieldsFrom, type VisitFields } from './visit-form.ts';

const SECURITY_WORDS: readonly (readonly [keyof SecurityIndicators, string])[] = [
  ['food', '不愁吃'],
  ['clothing', '不愁穿'],
  ['water', '饮水安全'],
  ['education', '义务教育有保障'],
  ['medical', '基本医疗有保障'],
  ['housing', '住房安全有保障'],
];

const SOLVED = [
  { value: true, label: '已解决' },
  { value: false, label: '未解决' },
];

function ConditionFields({ plan }: { readonly plan: Plan }): ReactElement {
  return (
    <Card size="small" title="两不愁三保障和住房">
      {SECURITY_WORDS.map(([key, words]) => (
        <Form.Item key={key} name={['security', key]} label={words}>
          <Radio.Group options={SOLVED} />
        </Form.Item>
      ))}
      <Form.Item name="housingGrade" label="住房等级（住建部门认定）">
        <Select
          allowClear
          options={['A', 'B', 'C', 'D'].map((grade) => ({ value: grade, label: `${grade}级` }))}
        />
      </Form.Item>
      <Form.Item name={['relocation', 'listed']} valuePropName="checked">
        <Checkbox>列入易地搬迁</Checkbox>
      </Form.Item>
      <Form.Item name={['relocation', 'occupied']} valuePropName="checked">
        <Checkbox>已搬迁入住</Checkbox>
      </Form.Item>
      {plan.standards.exitStandards.map(({ key, name }) => (
        <Form.Item key={key} name={['standards', key]} valuePropName="checked">
          <Checkbox>{name}：达到</Checkbox>
        </Form.Item>
      ))}
    </Card>
  );
}

/** 返贫: the cause from the place's list, and whether it is a grave one where only such are admitted. */
function ReturnFields({ plan }: { readonly plan: Plan }): ReactElement {
  const { returnCauses = [], admittedReturnCauses } = plan.standards;
  return (
    <Card size="small" title="申请和返贫原因">
      <Form.Item name="cause" label="返贫原因">
        <Select allowClear options={returnCauses.map((value) => ({ value, label: value }))} />
      </Form.Item>
      {admittedReturnCauses !== undefined && (
        <FindingFields
          name="graveCause"
          words="属于重病、大病或重大灾害（不属于的不列入返贫，转为补短板）"
        />
      )}
      <Form.Item name="application" label="申请书">
        <FileField max={1} />
      </Form.Item>
    </Card>
  );
}

/** 监测对象: what is asked of it, with the application and the authorisation where the place asks for them. */
function MonitoringPart({
  plan,
  standards,
}: {
  readonly plan: Plan;
  readonly standards: MonitoringStandards;
}): ReactElement {
  const isAuthorised = plan.steps.some(({ guards }) => guards.some(({ id }) => id === 'G-28'));
  const isApplied = plan.steps.some((step) => step.kind === 'collect' && step.needsApplication);
  return (
    <>
      <MonitoringFields standards={standards} isAuthorised={isAuthorised} />
      {isApplied && (
        <Card size="small" title="申请">
          <Form.Item name="application" label="申请书">
            <FileField max={1} />
          </Form.Item>
        </Card>
      )}
    </>
  );
}

interface ProcedureFieldsProps {
  readonly plan: Plan;
  readonly known: CaseForm;
}

function ProcedureFields({ plan, known }: ProcedureFieldsProps): ReactElement {
  const { monitoring, elimination, reversalCauses } = plan.standards;
  if (elimination !== undefined) {
    return <EliminationFields risks={latestEpisode(known.registry)?.risks ?? []} />;
  }
  if (reversalCauses !== undefined) return <ReversalFields causes={reversalCauses} />;
  if (monitoring !== undefined) {
    return <MonitoringPart plan={plan} standards={monitoring} />;
  }
  if (plan.procedure === 'return-to-poverty') return <ReturnFields plan={plan} />;
  if (plan.procedure === 'identification') {
    return (
      <Card size="small" title="申请">
        <Form.Item name="cause" label="主要致贫原因">
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="application" label="申请书">
          <FileField max={1} />
        </Form.Item>
      </Card>
    );
  }
  return (
    <Card size="small" title="研判意见">
      <FindingFields name="stableIncome" words="有长期稳定收入来源" />
      <FindingFields name="helpEffective" words="帮扶成效显著" />
      <Form.Item name="dibaoBackstop" valuePropName="checked">
        <Checkbox>属于低保兜底一批</Checkbox>
      </Form.Item>
      <Form.Item name="followUpPlan" label="后续帮扶计划">
        <FileField max={1} />
      </Form.Item>
    </Card>
  );
}

interface VisitFormEditorProps {
  readonly detail: RosterDetail;
  readonly caseId: string;
  readonly known: CaseForm;
  readonly now: number;
}

/** What the plan asks: of persons only who comes and goes, of a household everything. */
function AskedFields({ detail, caseId, known }: VisitFormEditorProps): ReactElement {
  const { plan } = detail;
  if (plan.persons !== undefined) {
    return (
      <PersonChangeFields rules={plan.persons} members={known.registry?.members ?? known.members} />
    );
  }
  return (
    <>
      <Card size="small" title="家庭成员">
        <RevealIdNumbers caseId={caseId} />
        <MemberFields
          asksLabour={plan.standards.elimination !== undefined}
          outOfSchool={plan.standards.admittedOutOfSchool ?? []}
        />
      </Card>
      <Card size="small" title="收入（元）">
        <IncomeFields plan={plan} />
      </Card>
      <ConditionFields plan={plan} />
      <ProcedureFields plan={plan} known={known} />
    </>
  );
}

/** The form itself. Saving makes a new version; a step is closed with the newest one. */
export function VisitFormEditor(props: VisitFormEditorProps): ReactElement {
  const { detail, caseId, known, now } = props;
  const queries = useQueryClient();
  const [start] = useState(() => fieldsFrom(known, detail.plan, now));
  const [sending, setSending] = useState(false);
  const [saved, setSaved] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (fields: VisitFields): Promise<void> => {
    setSending(true);
    setProblem(null);
    setSaved(null);
    try {
      // What the page does not ask stays as it was known.
      const draft = draftOf({ ...start, ...fields }, detail.plan);
      const answer = await write<{ readonly version: number }>(
        'PUT',
        `/cases/${caseId}/form`,
        draft,
      );
      setSaved(answer.version);
      await queries.invalidateQueries({ queryKey: ['roster'] });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    } finally {
      setSending(false);
    }
  };
  return (
    <Form<VisitFields>
      layout="vertical"
      initialValues={start}
      onFinish={(fields) => void save(fields)}
      scrollToFirstError
    >
      <Flex vertical gap={12}>
        <Card size="small" title="走访">
          <Form.Item
            name="visitedOn"
            label="入户日期"
            rules={[{ required: true, message: '请填写' }]}
          >
            <DateField />
          </Form.Item>
          <VisitorFields />
          <SignatureFieldset path={['householder']} words="户主（或代签人）签字" />
        </Card>
        <AskedFields {...props} />
        {problem !== null && <Alert type="error" showIcon title={problem} />}
        {saved !== null && <Alert type="success" showIcon title={`已保存，第${saved}版`} />}
        <Flex gap={12}>
          <Button type="primary" htmlType="submit" loading={sending}>
            保存
          </Button>
          <Link to={`/rosters/${detail.id}`}>回到名单</Link>
        </Flex>
      </Flex>
    </Form>
  );
}
