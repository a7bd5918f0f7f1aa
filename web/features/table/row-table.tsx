import { Button, Empty, Flex, Grid, Pagination, Spin, Table } from 'antd';
import { type Key, type ReactElement, type ReactNode, useState } from 'react';

/** 一列: `render` gets the row; a column without it shows the field that it names. */
export interface RowColumn<Row> {
  readonly title: string;
  readonly key?: string;
  readonly dataIndex?: string;
  readonly render?: (row: Row) => ReactNode;
}

/** Pages that the server makes; without it the rows are all there. */
interface ServerPages {
  readonly current: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onChange: (page: number) => void;
}

interface RowTableProps<Row extends object> {
  readonly rows: readonly Row[];
  readonly columns: readonly RowColumn<Row>[];
  readonly rowKey: (row: Row) => Key;
  readonly loading?: boolean;
  readonly emptyText?: string;
  readonly pageSize?: number;
  readonly pages?: ServerPages;
}

const PAGE_SIZE = 50;

function contentOf<Row extends object>({ dataIndex, render }: RowColumn<Row>, row: Row): ReactNode {
  if (render !== undefined) return render(row);
  const value: unknown = dataIndex === undefined ? null : Reflect.get(row, dataIndex);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** A row written out: the first column heads it, empty ones are left out. */
function RowCard<Row extends object>(props: {
  readonly row: Row;
  readonly columns: readonly RowColumn<Row>[];
}): ReactElement {
  const [first, ...others] = props.columns;
  return (
    <div className="row-card">
      {first !== undefined && <strong>{contentOf(first, props.row)}</strong>}
      <dl>
        {others.map((column) => {
          const content = contentOf(column, props.row);
          if (content === null || content === '' || content === false) return null;
          return (
            <div key={column.title}>
              <dt>{column.title}</dt>
              <dd>{content}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

function RowCards<Row extends object>(props: RowTableProps<Row>): ReactElement {
  const { rows, columns, rowKey, loading = false, emptyText, pageSize = PAGE_SIZE, pages } = props;
  const [shown, setShown] = useState(pageSize);
  if (loading) return <Spin />;
  if (rows.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={emptyText} />;
  }
  const visible = pages === undefined ? rows.slice(0, shown) : rows;
  return (
    <Flex vertical gap={8}>
      {visible.map((row) => (
        <RowCard key={rowKey(row)} row={row} columns={columns} />
      ))}
      {visible.length < rows.length && (
        <Button onClick={() => setShown(shown + pageSize)}>再看{pageSize}条</Button>
      )}
      {pages !== undefined && (
        <Pagination size="small" hideOnSinglePage showSizeChanger={false} {...pages} />
      )}
    </Flex>
  );
}

/** 表: a table on a screen; on a phone every row written out, so that nothing hides behind the edge. */
export function RowTable<Row extends object>(props: RowTableProps<Row>): ReactElement {
  const isNarrow = Grid.useBreakpoint().md !== true;
  if (isNarrow) return <RowCards {...props} />;
  const { rows, columns, rowKey, loading = false, emptyText, pageSize = PAGE_SIZE, pages } = props;
  return (
    <Table<Row>
      size="small"
      rowKey={rowKey}
      loading={loading}
      dataSource={[...rows]}
      columns={columns.map((column) => ({
        key: column.key ?? column.dataIndex ?? column.title,
        title: column.title,
        render: (_value: unknown, row: Row) => contentOf(column, row),
      }))}
      scroll={{ x: 'max-content' }}
      {...(emptyText !== undefined && { locale: { emptyText } })}
      pagination={{ pageSize, hideOnSinglePage: true, showSizeChanger: false, ...pages }}
    />
  );
}
