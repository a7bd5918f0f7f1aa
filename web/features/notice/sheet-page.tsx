import { Button, Flex, Spin } from 'antd';
import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import type { CaseState, SheetState } from '../../../domain/kernel/state.ts';
import { formatInstant } from '../../../domain/time/instant.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { PROCEDURE_WORDS } from '../roster/household.ts';
import { currentStep, type RosterDetail, useRoster } from '../roster/roster.ts';

const RESULT_WORDS = { 'household-exit': '拟退出', identification: '拟纳入' } as const;
const DECIDED_WORDS = { 'household-exit': '退出', identification: '纳入' } as const;

/** Cases that stand on a sheet: those frozen with it, else those that the list still carries. */
function listed(detail: RosterDetail, sheet: SheetState | null): readonly CaseState[] {
  const { cases } = detail.state;
  if (sheet !== null) return cases.filter(({ id }) => sheet.caseIds.includes(id));
  return cases.filter(({ status }) => status === 'on-list' || status === 'blocked');
}

function SheetBody({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const { plan, state } = detail;
  const step = currentStep(detail);
  const announced = step?.kind === 'announcement' || state.announcement !== null;
  const sheet = announced ? state.announcement : state.notice;
  const result = (announced ? DECIDED_WORDS : RESULT_WORDS)[plan.procedure];
  const subjects = new Map(detail.subjects.map((subject) => [subject.caseId, subject]));
  return (
    <article className="sheet">
      <h1>
        {detail.unitName}
        {PROCEDURE_WORDS[plan.procedure]}
        {announced ? '公告' : '公示'}
      </h1>
      <p>
        {announced
          ? '下列农户已经审定，现予公告。'
          : '下列农户经评议，现予公示。对名单有异议的，请在公示期内向村民委员会、驻村工作队或乡镇反映。'}
      </p>
      <table>
        <thead>
          <tr>
            <th>序号</th>
            <th>户主姓名</th>
            <th>村民小组</th>
            <th>家庭人口</th>
            <th>结果</th>
          </tr>
        </thead>
        <tbody>
          {listed(detail, sheet).map(({ id }, index) => (
            <tr key={id}>
              <td>{index + 1}</td>
              <td>{subjects.get(id)?.headName}</td>
              <td>{subjects.get(id)?.groupName}</td>
              <td>{subjects.get(id)?.memberCount}</td>
              <td>{result}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sheet?.receipt != null && <p>{sheet.receipt.words}</p>}
      {plan.confirmations.map(({ documentNo, documentOn, path }) => (
        <p key={path} className="basis">
          依据：{documentNo}（{documentOn}）
        </p>
      ))}
      <p className="issuer">
        {detail.unitName}（盖章）
        <br />
        {formatInstant(sheet?.draftedAt ?? state.at).slice(0, '2020-01-01'.length)}
      </p>
    </article>
  );
}

/** 公示表 on A4: the head's name, group, size and result, and nothing else about a household. */
export function SheetPage(): ReactElement {
  const { rosterId = '' } = useParams();
  const roster = useRoster(rosterId);
  if (roster.isPending) return <Spin />;
  if (roster.isError) return <ProblemAlert error={roster.error} />;
  return (
    <>
      <Flex className="no-print" gap={12} align="center">
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
        <Link to={`/rosters/${rosterId}`}>回到名单</Link>
      </Flex>
      <SheetBody detail={roster.data} />
    </>
  );
}
