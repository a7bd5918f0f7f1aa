import { Alert, Button, Flex, Segmented, Spin, Typography } from 'antd';
import { type ReactElement, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { paperAddress, type SheetSummary, useSheets } from './sheets.ts';

const KIND_LABELS = { notice: '公示', announcement: '公告', correction: '更正' } as const;

function labelOf({ kind }: SheetSummary, index: number): string {
  return `${index + 1}. ${KIND_LABELS[kind]}`;
}

function SheetViewer(props: {
  readonly rosterId: string;
  readonly items: readonly SheetSummary[];
}) {
  const { rosterId, items } = props;
  const frame = useRef<HTMLIFrameElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const sheet = items.find(({ hash }) => hash === chosen) ?? items.at(-1);
  if (sheet === undefined) {
    return (
      <Alert
        type="info"
        title="还没有定稿的表"
        description="到公示或公告环节办理定稿后，在这里打印。"
      />
    );
  }
  return (
    <>
      <Flex wrap gap={12} align="center">
        <Segmented
          value={sheet.hash}
          onChange={setChosen}
          options={items.map((item, index) => ({ value: item.hash, label: labelOf(item, index) }))}
        />
        <Button type="primary" onClick={() => frame.current?.contentWindow?.print()}>
          打印
        </Button>
      </Flex>
      <Typography.Text type="secondary">
        {instantWords(sheet.draftedAt)}定稿。{sheet.statusWords}。{sheet.periodWords ?? ''}
      </Typography.Text>
      <iframe
        ref={frame}
        className="paper"
        title={sheet.title}
        src={paperAddress(rosterId, sheet.hash)}
      />
    </>
  );
}

/** 定稿的表: every sheet frozen for the list, as it is printed and posted. */
export function SheetPage(): ReactElement {
  const { rosterId = '' } = useParams();
  const sheets = useSheets(rosterId);
  if (sheets.isPending) return <Spin />;
  if (sheets.isError) return <ProblemAlert error={sheets.error} />;
  return (
    <Flex vertical gap={12}>
      <Flex wrap gap={12}>
        <Link to={`/rosters/${rosterId}`}>回到名单</Link>
        <Link to="/sheets/check">核对纸上的表</Link>
      </Flex>
      <SheetViewer rosterId={rosterId} items={sheets.data.items} />
    </Flex>
  );
}
