import { Alert, Button, Card, Descriptions, Flex, Typography } from 'antd';
import type { ReactElement } from 'react';
import type { Answers } from '../../generated/api.ts';
import { RowTable } from '../table/row-table.tsx';

type Preview = Answers['POST /imports'];
type Finding = Preview['errors'][number];
type Counts = Preview['changes']['households'];

const COLUMNS = [
  { title: '工作表', dataIndex: 'sheet' },
  { title: '行', dataIndex: 'row' },
  { title: '列', dataIndex: 'column' },
  { title: '问题', dataIndex: 'words' },
];

function countWords({ created, changed, unchanged }: Counts): string {
  return `新增${created}，变更${changed}，不变${unchanged}`;
}

function Findings(props: { readonly title: string; readonly findings: readonly Finding[] }) {
  if (props.findings.length === 0) return null;
  return (
    <Card size="small" title={`${props.title}（${props.findings.length}处）`}>
      <RowTable<Finding>
        rows={props.findings}
        columns={COLUMNS}
        rowKey={({ sheet, row, column, code }) => `${sheet} ${row} ${column} ${code}`}
        pageSize={20}
      />
    </Card>
  );
}

function factsOf({ summary, changes }: Preview) {
  const { movedHouseholds, movedMembers, vanishedMembers, vanishedHouseholds } = changes;
  const facts: (readonly [string, string])[] = [
    ['表中', `${summary.villages}个村，${summary.households}户，${summary.members}人`],
    ['年度', summary.years.join('、') || '—'],
    ['户', countWords(changes.households)],
    ['家庭成员', countWords(changes.members)],
    ['换了村的户', `${movedHouseholds.length}户`],
    ['换了户的人', movedMembers.map(({ name }) => name).join('、') || '无'],
    ['表中不再有的人', vanishedMembers.map(({ name }) => name).join('、') || '无'],
    ['表中没有、本地保留的户', `${vanishedHouseholds.length}户`],
    ['由申请户转为在册的户', `${changes.adoptedApplicants.length}户`],
  ];
  return facts.map(([label, children]) => ({ key: label, label, children }));
}

interface ImportPreviewProps {
  readonly preview: Preview;
  readonly busy: boolean;
  readonly applied: boolean;
  readonly onApply: () => void;
}

/** 导入预览: what would change, what is wrong by row and column, and the button that does it. */
export function ImportPreview({
  preview,
  busy,
  applied,
  onApply,
}: ImportPreviewProps): ReactElement {
  const hasErrors = preview.errors.length > 0;
  return (
    <Flex vertical gap={12}>
      <Card size="small" title="预览">
        <Flex vertical gap={12}>
          <Descriptions size="small" column={{ xs: 1, md: 2 }} items={factsOf(preview)} />
          {hasErrors ? (
            <Alert type="error" showIcon title="表中有错误，改正后重新上传；现在一户也没有入库。" />
          ) : (
            <Flex wrap gap={12} align="center">
              <Button type="primary" loading={busy} disabled={applied} onClick={onApply}>
                确认导入
              </Button>
              <Typography.Text type="secondary">全部入库，或者一户不入。</Typography.Text>
            </Flex>
          )}
        </Flex>
      </Card>
      <Findings title="错误，必须改正" findings={preview.errors} />
      <Findings title="疑点，请核对（不影响导入）" findings={preview.suspects} />
    </Flex>
  );
}
