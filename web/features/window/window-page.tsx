import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Input, Select, Spin, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { FUNCTION_WORDS } from '../../../domain/plan/registry-function.ts';
import { ProblemError, read, write, writeOnce } from '../../api-client.ts';
import { instantWords } from '../clock/instant-words.ts';
import { organisationOptions, useOrganisations } from '../organisation/organisation.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { useSession } from '../session/session.ts';
import { RowTable } from '../table/row-table.tsx';

interface FunctionWindow {
  readonly id: string;
  readonly functionName: string;
  readonly unitName: string;
  readonly opensAt: string;
  readonly closesAt: string | null;
  readonly documentNo: string;
  readonly open: boolean;
}

interface OpeningWish {
  readonly functionKey: string;
  readonly unitCode: string;
  readonly documentNo: string;
}

const FUNCTIONS = Object.entries(FUNCTION_WORDS).map(([value, label]) => ({ value, label }));

/** Runs a change and keeps the words of its refusal. */
function useChange() {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (change: () => Promise<unknown>): Promise<void> => {
    setProblem(null);
    try {
      await change();
      await queries.invalidateQueries();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    }
  };
  return { problem, run };
}

function OpeningForm({ onOpen }: { readonly onOpen: (wish: OpeningWish) => Promise<void> }) {
  const organisations = useOrganisations();
  const asked = [{ required: true, message: '请填写' }];
  const counties = organisationOptions(organisations.data?.items ?? [], 'county');
  const [only, ...others] = counties;
  if (organisations.isPending) return <Spin />;
  // An office of one county opens its own; only one above counties has a choice.
  const own = only !== undefined && others.length === 0 ? { unitCode: only.value } : {};
  return (
    <Form<OpeningWish>
      layout="vertical"
      initialValues={{ functionKey: 'mark-exit', ...own }}
      onFinish={(wish) => void onOpen(wish)}
    >
      <Form.Item name="functionKey" label="功能" rules={asked}>
        <Select options={FUNCTIONS} />
      </Form.Item>
      <Form.Item name="unitCode" label="开放到哪个单位" rules={asked}>
        <Select options={counties} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="documentNo" label="依据文号" rules={asked}>
        <Input maxLength={100} />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        开放
      </Button>
    </Form>
  );
}

/** 功能开放: which functions of the registry are open, and the office's act to open and close them. */
export function WindowPage(): ReactElement {
  const windows = useQuery({
    queryKey: ['windows'],
    queryFn: () => read<{ readonly items: readonly FunctionWindow[] }>('/windows'),
  });
  const { problem, run } = useChange();
  const [reason, setReason] = useState('');
  const close = (id: string) => run(() => write('POST', `/windows/${id}/close`, { reason }));
  const isOffice = useSession().data?.duties.some(({ duty }) => duty === 'office') ?? false;
  const columns = [
    { title: '功能', dataIndex: 'functionName' },
    { title: '开放到', dataIndex: 'unitName' },
    { title: '开放', key: 'opens', render: (row: FunctionWindow) => instantWords(row.opensAt) },
    { title: '关闭', key: 'closes', render: (row: FunctionWindow) => instantWords(row.closesAt) },
    { title: '依据', dataIndex: 'documentNo' },
    {
      title: '状态',
      key: 'open',
      render: (row: FunctionWindow) =>
        row.open ? (
          <Flex gap={8} align="center">
            <Tag color="success">开放中</Tag>
            {isOffice && (
              <Button
                size="small"
                disabled={reason.trim() === ''}
                onClick={() => void close(row.id)}
              >
                关闭
              </Button>
            )}
          </Flex>
        ) : (
          <Tag>未开放</Tag>
        ),
    },
  ];
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        功能开放
      </Typography.Title>
      <Typography.Paragraph type="secondary" style={{ margin: 0 }}>
        标注脱贫、出列，录入新识别户，只能在功能开放期间办理；没有开放的，名单在录入环节等待。
      </Typography.Paragraph>
      <ProblemAlert error={windows.error} />
      {problem !== null && <Alert type="error" showIcon title={problem} />}
      {isOffice && windows.data?.items.some(({ open }) => open) === true && (
        <Input
          aria-label="关闭的依据或理由"
          placeholder="关闭的依据或理由（先填写，再点关闭）"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          style={{ maxWidth: 420 }}
        />
      )}
      <RowTable<FunctionWindow>
        rows={windows.data?.items ?? []}
        columns={columns}
        rowKey={({ id }) => id}
        loading={windows.isPending}
        emptyText="还没有开放过的功能"
      />
      {isOffice ? (
        <Card size="small" title="开放一项功能（由领导小组办公室办）">
          <OpeningForm onOpen={(wish) => run(() => writeOnce('/windows', wish))} />
        </Card>
      ) : (
        <Alert type="info" showIcon title="开放和关闭由领导小组办公室办理。" />
      )}
    </Flex>
  );
}
