import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Input, Segmented, Table, Typography } from 'antd';
import { type Key, type ReactElement, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { type Problem, ProblemError, read, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { newKey } from '../../request-key.ts';
import { useClock } from '../clock/clock.ts';
import { DateField } from '../clock/date-field.tsx';
import { DueWords } from '../clock/late-words.tsx';
import { FileField } from '../file/file-field.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RefusalList } from '../refusal/refusal-list.tsx';
import { subjectsWords, unitOf } from '../roster/roster.ts';
import { actContent } from './act-evidence.ts';

type Inbox = Answers['GET /inbox'];
type Waiting = Inbox['items'][number];
type Kind = 'review' | 'decision' | 'report';

/** Lists of one act at most, as the server takes them. */
const LISTS_MAX = 200;

interface ActValues {
  readonly title?: string;
  readonly documentNo?: string;
  readonly documentOn?: string;
  readonly opinion?: string;
  /** 需要进行处理的原因 of a report. */
  readonly why?: string;
  readonly papers?: readonly string[];
}

const COLUMNS = [
  { title: '单位', dataIndex: 'unitName' },
  {
    title: '名单',
    key: 'title',
    render: (row: Waiting) => `${row.title} 第${row.batch}批（${row.stepName}）`,
  },
  {
    title: '户、村',
    key: 'heads',
    render: (row: Waiting) => subjectsWords(row.heads, row.openCases, unitOf(row.procedure)),
  },
  {
    title: '时限',
    key: 'due',
    render: (row: Waiting) => <DueWords dueAt={row.dueAt} lateMs={row.lateMs} />,
  },
];

function useSigning(kind: Kind) {
  const key = useRef(newKey());
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);
  const sign = async (values: ActValues, rosterIds: readonly string[]): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      const { keys, counts } = await actContent(rosterIds);
      const papers = values.papers ?? [];
      const act = {
        kind,
        title: values.title ?? '',
        documentNo: values.documentNo ?? null,
        documentOn: values.documentOn ?? null,
        opinion: values.opinion ?? '',
        evidence: Object.fromEntries(keys.map((name) => [name, papers])),
        targets: rosterIds.map((rosterId) => ({ rosterId })),
        ...(kind === 'report' && { why: values.why ?? '', counts }),
      };
      const { id } = await write<{ readonly id: string }>('POST', '/acts', act, key.current);
      await queries.invalidateQueries();
      await navigate(`/acts/${id}`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // Nothing was signed: what is sent next may be another text.
      if (error.problem.status !== 0) key.current = newKey();
      setProblem(error.problem);
    } finally {
      setSending(false);
    }
  };
  return { problem, sending, sign };
}

function ActFields({ kind }: { readonly kind: Kind }): ReactElement {
  const asked = [{ required: true, message: '请填写' }];
  const document = kind === 'review' ? [] : asked;
  return (
    <>
      <Form.Item name="title" label="标题" rules={asked}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="documentNo" label="文号" rules={document}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="documentOn" label="文件日期" rules={document}>
        <DateField />
      </Form.Item>
      <Form.Item name="opinion" label="意见" rules={asked}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
      </Form.Item>
      {kind === 'report' && (
        <Form.Item
          name="why"
          label="需要进行处理的原因（到县统计数据按所选名单汇总）"
          rules={asked}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
        </Form.Item>
      )}
      <Form.Item
        name="papers"
        label="盖章的扫描件"
        rules={[{ required: true, message: '请上传扫描件' }]}
      >
        <FileField />
      </Form.Item>
    </>
  );
}

function ProblemBox({ problem }: { readonly problem: Problem }): ReactElement {
  const { title, detail, refusals } = problem;
  const reasons = refusals.length === 0 ? detail : <RefusalList refusals={refusals} />;
  return <Alert type="error" showIcon title={title} description={reasons} />;
}

function SignForm({ kind }: { readonly kind: Kind }): ReactElement {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const today = useClock().data?.now;
  const { problem, sending, sign } = useSigning(kind);
  const waiting = useQuery({
    queryKey: ['inbox', 'act', kind],
    queryFn: () => read<Inbox>(`/inbox?kind=${kind}&size=${LISTS_MAX}`),
  });
  return (
    <Flex vertical gap={12}>
      <ProblemAlert error={waiting.error} />
      <Card size="small" title={`选择名单（已选${chosen.length}份）`}>
        <Table<Waiting>
          size="small"
          rowKey="rosterId"
          loading={waiting.isPending}
          dataSource={[...(waiting.data?.items ?? [])]}
          columns={COLUMNS}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: '没有等您办理的名单' }}
          rowSelection={{
            selectedRowKeys: [...chosen],
            onChange: (keys: Key[]) => setChosen(keys.map(String)),
            getCheckboxProps: ({ unitName, batch }) => ({
              'aria-label': `${unitName}第${batch}批`,
            }),
            getTitleCheckboxProps: () => ({ 'aria-label': '全选' }),
          }}
          pagination={false}
        />
      </Card>
      {today !== undefined && (
        <Form<ActValues>
          layout="vertical"
          initialValues={{ opinion: '同意', documentOn: plainDateAt(today) }}
          onFinish={(values) => void sign(values, chosen)}
        >
          <ActFields kind={kind} />
          {problem !== null && <ProblemBox problem={problem} />}
          <Button type="primary" htmlType="submit" loading={sending} disabled={chosen.length === 0}>
            签发并办理（{chosen.length}份名单）
          </Button>
        </Form>
      )}
    </Flex>
  );
}

/** 签发文书: choose the lists, sign once; each list is then judged for itself. */
export function SignActPage(): ReactElement {
  const [kind, setKind] = useState<Kind>('decision');
  return (
    <>
      <Typography.Title level={3}>签发文书</Typography.Title>
      <Typography.Paragraph type="secondary">
        所选名单整份通过；有不予通过的户（村），请到那份名单上单独办理。
      </Typography.Paragraph>
      <Segmented<Kind>
        aria-label="文书种类"
        style={{ marginBottom: 12 }}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'decision', label: '审定文件' },
          { value: 'review', label: '审核意见' },
          { value: 'report', label: '报告' },
        ]}
      />
      <SignForm key={kind} kind={kind} />
    </>
  );
}
