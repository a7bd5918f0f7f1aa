import { Alert, Descriptions, Tag, Typography } from 'antd';
import type { ReactElement } from 'react';
import { RowTable } from '../table/row-table.tsx';
import { type PackPreview, procedureWords } from './pack-version.ts';

type Difference = PackPreview['differences'][number];
type Side = Difference['before'];
type Conflict = PackPreview['conflicts'][number];
type List = PackPreview['impact']['lists'][number];

function RuleSide({ side }: { readonly side: Side }): ReactElement {
  if (side === null) return <>没有这一条</>;
  return (
    <>
      {side.words}
      {!side.verified && <Tag color="orange">未核实</Tag>}
      <br />
      <Typography.Text type="secondary">{side.source}</Typography.Text>
    </>
  );
}

const DIFFERENCE_COLUMNS = [
  { title: '程序', key: 'procedure', render: (row: Difference) => procedureWords(row.procedure) },
  { title: '规定', key: 'rule', render: (row: Difference) => `${row.where}·${row.what}` },
  { title: '现行', key: 'before', render: (row: Difference) => <RuleSide side={row.before} /> },
  { title: '新版', key: 'after', render: (row: Difference) => <RuleSide side={row.after} /> },
];

const CONFLICT_COLUMNS = [
  { title: '规定', key: 'rule', render: (row: Conflict) => `${row.where}·${row.what}` },
  {
    title: '两边的说法',
    key: 'sides',
    render: ({ sides }: Conflict) =>
      sides.map(({ by, words, source }) => `${words}（${by}，${source}）`).join('；'),
  },
];

const LIST_COLUMNS = [
  { title: '名单', dataIndex: 'title' },
  { title: '环节', dataIndex: 'stepName' },
  { title: '户（村）数', dataIndex: 'openCases' },
  { title: '现用版本', key: 'version', render: (row: List) => `第${row.packVersion}版` },
  {
    title: '采用新版会改的规定',
    key: 'differences',
    render: ({ differences }: List) =>
      differences === null
        ? '还不能比较'
        : differences.map(({ where, what }) => `${where}·${what}`).join('、') || '没有',
  },
];

/** Why the text may not be loaded: one alert, the linter's findings below it. */
function Standing({ preview }: { readonly preview: PackPreview }): ReactElement {
  const { refusals, findings, isSame } = preview;
  if (isSame) return <Alert type="info" showIcon title="与现行版本完全相同，不需要装入" />;
  if (refusals.length === 0) {
    return <Alert type="success" showIcon title="检查通过，可以装入；现在还没有改动任何数据" />;
  }
  const lines = findings.map(({ path, words }) => `${words}（${path}）`);
  return (
    <Alert
      type="error"
      showIcon
      title={refusals.map(({ words }) => words).join('')}
      description={lines.length === 0 ? null : lines.map((line) => <div key={line}>{line}</div>)}
    />
  );
}

/** 试装结果, from what stands against it to whom it concerns. */
export function PackPreviewPanel({ preview }: { readonly preview: PackPreview }): ReactElement {
  const { pack, present, differences, conflicts, unconfirmed, impact } = preview;
  const changed = differences.filter(({ kind }) => kind === 'words');
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'pack', label: '规则包', children: `${pack.title}第${pack.version}版` },
          {
            key: 'present',
            label: '现行版本',
            children: present === null ? '没有（新的规则包）' : `第${present.version}版`,
          },
          {
            key: 'unconfirmed',
            label: '待领导小组办公室核定',
            children: [...new Set(unconfirmed.map(({ words }) => words))].join('；') || '没有',
          },
        ]}
      />
      <Standing preview={preview} />
      <Typography.Title level={5}>与现行版本不同的规定</Typography.Title>
      <RowTable<Difference>
        rows={changed}
        columns={DIFFERENCE_COLUMNS}
        rowKey={(row) => [row.packId, row.procedure, row.where, row.what].join('|')}
        emptyText="没有不同"
      />
      {conflicts.length > 0 && (
        <>
          <Typography.Title level={5}>新出现的冲突</Typography.Title>
          <RowTable<Conflict>
            rows={conflicts}
            columns={CONFLICT_COLUMNS}
            rowKey={(row) => JSON.stringify(row)}
          />
        </>
      )}
      <Typography.Title level={5}>用到这个规则包的在办名单（{impact.total}份）</Typography.Title>
      <Typography.Paragraph type="secondary">
        在办名单仍按发起时的规则办理；要改用新版，由领导小组办公室在名单上逐份采用。
      </Typography.Paragraph>
      <RowTable<List>
        rows={impact.lists}
        columns={LIST_COLUMNS}
        rowKey={({ rosterId }) => rosterId}
        emptyText="没有在办名单"
      />
    </>
  );
}
