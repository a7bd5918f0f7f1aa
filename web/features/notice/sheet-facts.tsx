import { Descriptions, Flex } from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { SheetState } from '../../../domain/kernel/state.ts';
import { instantWords } from '../clock/instant-words.ts';
import type { RosterDetail } from '../roster/roster.ts';

function SheetBox(props: {
  readonly name: string;
  readonly sheet: SheetState;
  detail: RosterDetail;
}) {
  const { name, sheet, detail } = props;
  const step = detail.plan.steps[sheet.stepIndex];
  const places = step?.kind === 'notice' || step?.kind === 'announcement' ? step.places : [];
  const placeName = (place: string): string =>
    places.find(({ key }) => key === place)?.name ?? place;
  const posted = sheet.postings.map(({ place, postedAt }) => (
    <div key={place}>
      {placeName(place)}：{instantWords(postedAt)}张贴
    </div>
  ));
  return (
    <Descriptions
      size="small"
      bordered
      column={1}
      styles={{ header: { marginBottom: 8 } }}
      title={step?.name ?? name}
      items={[
        { key: 'places', label: '张贴', children: posted.length === 0 ? '尚未张贴' : posted },
        {
          key: 'receipt',
          label: '期间计算',
          children: sheet.receipt?.words ?? '各处张贴齐全后开始计算',
        },
        {
          key: 'earliest',
          label: '最早结束',
          children: sheet.endsAt === null ? '—' : <strong>{instantWords(sheet.endsAt)}</strong>,
        },
      ]}
    />
  );
}

/** 公示 and 公告 of a list: where posted, how the period was counted, when it may end at the earliest. */
export function SheetFacts({ detail }: { readonly detail: RosterDetail }): ReactElement | null {
  const { notice, announcement } = detail.state;
  if (notice === null && announcement === null) return null;
  return (
    <Flex vertical gap={12} style={{ marginTop: 12 }}>
      {notice !== null && <SheetBox name="公示" sheet={notice} detail={detail} />}
      {announcement !== null && <SheetBox name="公告" sheet={announcement} detail={detail} />}
      <Link to={`/rosters/${detail.id}/sheet`}>公示表：查看、打印、核对</Link>
    </Flex>
  );
}
