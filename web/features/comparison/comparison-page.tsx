import { Button, Card, Descriptions, Flex, Spin, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import type { ProcedureId } from '../../../domain/plan/plan.ts';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { PROCEDURE_WORDS } from '../roster/household.ts';
import { useSession } from '../session/session.ts';
import { AnswerForm } from './answer-form.tsx';
import { type ComparisonBatch, useComparisonBatches } from './comparison-batch.ts';
import { RequestForm } from './request-form.tsx';

function BatchCard({ batch, own }: { batch: ComparisonBatch; own: readonly string[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const mine = batch.waitingFor.filter((department) => own.includes(department));
  const answered = batch.receipts.map(({ department, dataOn, validUntil }) => (
    <div key={department}>
      {department}：数据截至{dataOn}，有效至{instantWords(validUntil)}
    </div>
  ));
  const facts = [
    { key: 'what', label: '程序', children: PROCEDURE_WORDS[batch.procedure as ProcedureId] },
    { key: 'count', label: '送比', children: `${batch.cases}户${batch.persons}人` },
    { key: 'at', label: '提请时间', children: instantWords(batch.createdAt) },
    { key: 'waits', label: '还等', children: batch.waitingFor.join('、') || '都已反馈' },
    {
      key: 'answered',
      label: '已反馈',
      children: answered.length > 0 ? <div>{answered}</div> : '—',
    },
  ];
  return (
    <Card
      size="small"
      title={batch.title}
      extra={mine.length > 0 && <Tag color="processing">等您反馈</Tag>}
    >
      <Descriptions size="small" column={{ xs: 1, md: 2 }} items={facts} />
      <Flex wrap gap={12}>
        <a href={`/api/v1/comparison-batches/${batch.id}/file`}>下载送比人员表</a>
        {mine.length > 0 && !isOpen && (
          <Button type="primary" size="small" onClick={() => setIsOpen(true)}>
            反馈比对结果
          </Button>
        )}
      </Flex>
      {isOpen && <AnswerForm batch={batch} departments={mine} onDone={() => setIsOpen(false)} />}
    </Card>
  );
}

/** 部门比对: the county's batches over all villages, and each department's answer. */
export function ComparisonPage(): ReactElement {
  const batches = useComparisonBatches();
  const session = useSession().data;
  const duties = session?.duties ?? [];
  const own = duties.flatMap(({ department }) => (department === null ? [] : [department]));
  const county = duties.find(({ duty, level }) => duty === 'clerk' && level === 'county')?.orgCode;
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        部门比对
      </Typography.Title>
      {county !== undefined && <RequestForm countyCode={county} />}
      <ProblemAlert error={batches.error} />
      {batches.isPending && <Spin />}
      {batches.data?.items.length === 0 && <Card size="small">还没有比对批次</Card>}
      {batches.data?.items.map((batch) => (
        <BatchCard key={batch.id} batch={batch} own={own} />
      ))}
    </Flex>
  );
}
