import { Alert, Button, Card, Flex, Spin, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { valueWords } from '../../../domain/plan/value-words.ts';
import { instantWords } from '../clock/instant-words.ts';
import { useOrganisations } from '../organisation/organisation.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { PROCEDURE_WORDS } from '../roster/household.ts';
import { type Session, useSession } from '../session/session.ts';
import { ConfirmationDrawer, SourceWords } from './confirmation-form.tsx';
import { confirmableArea, findConfirmed, type OpenValue, type Pack, usePacks } from './pack.ts';

interface ValueLineProps {
  readonly pack: Pack;
  readonly open: OpenValue;
  readonly area: string | null;
  readonly onConfirm: (() => void) | null;
}

function ValueLine({ pack, open, area, onConfirm }: ValueLineProps): ReactElement {
  const confirmed = findConfirmed(pack, open.path, area);
  return (
    <Flex vertical gap={4} className="value-line" data-value={open.path}>
      <Flex gap={8} wrap align="center">
        <strong>{open.words}</strong>
        {confirmed === null ? <Tag color="warning">未核实</Tag> : <Tag color="success">已核定</Tag>}
        {onConfirm !== null && (
          <Button size="small" aria-label={`核定${open.words}`} onClick={onConfirm}>
            {confirmed === null ? '核定' : '重新核定'}
          </Button>
        )}
      </Flex>
      {confirmed === null ? (
        <>
          <span>建议：{valueWords(open.kind, open.suggested)}</span>
          <SourceWords open={open} />
        </>
      ) : (
        <span>
          {valueWords(open.kind, confirmed.value)}（{confirmed.documentNo}，{confirmed.documentOn}；
          {confirmed.confirmedByName}于{instantWords(confirmed.confirmedAt)}核定）
        </span>
      )}
    </Flex>
  );
}

function PackCard({ pack, session }: { readonly pack: Pack; readonly session: Session }) {
  const [open, setOpen] = useState<OpenValue | null>(null);
  const organisations = useOrganisations();
  const mayConfirm = confirmableArea(session, pack);
  const area = mayConfirm ?? session.duties[0]?.orgCode ?? null;
  const left = pack.unverified.filter(({ path }) => findConfirmed(pack, path, area) === null);
  const areaName = organisations.data?.items.find(({ code }) => code === mayConfirm)?.name;
  const procedures = pack.procedures.map(
    (id) => PROCEDURE_WORDS[id as keyof typeof PROCEDURE_WORDS],
  );
  return (
    <Card size="small" title={<span style={{ whiteSpace: 'normal' }}>{pack.title}</span>}>
      <Flex vertical gap={14}>
        <span>
          {pack.year}年度；程序：{procedures.join('、')}
          {mayConfirm !== null && `；您核定的值适用于${areaName ?? mayConfirm}`}
        </span>
        {left.length > 0 ? (
          <Alert
            type="warning"
            showIcon
            title={`还有${left.length}个值没有核定，在此之前不能发起名单，也不能打印公示表。`}
            description={mayConfirm === null ? '由领导小组办公室凭文件逐个核定。' : undefined}
          />
        ) : (
          <Alert type="success" showIcon title="各值都已核定，可以发起名单。" />
        )}
        {pack.unverified.map((value) => (
          <ValueLine
            key={value.path}
            pack={pack}
            open={value}
            area={area}
            onConfirm={mayConfirm === null ? null : () => setOpen(value)}
          />
        ))}
      </Flex>
      {mayConfirm !== null && (
        <ConfirmationDrawer
          pack={pack}
          open={open}
          areaCode={mayConfirm}
          onDone={() => setOpen(null)}
        />
      )}
    </Card>
  );
}

/** 规则核定: what no source confirms, and the office's 核定 with its document. */
export function ConfirmationPage(): ReactElement {
  const packs = usePacks();
  const session = useSession().data;
  if (packs.isPending || session === null || session === undefined) return <Spin />;
  if (packs.isError) return <ProblemAlert error={packs.error} />;
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        规则核定
      </Typography.Title>
      <Typography.Paragraph type="secondary" style={{ margin: 0 }}>
        文件没有写明、或者没有见到原文的值，要由领导小组办公室凭文件核定后才能使用。
      </Typography.Paragraph>
      {packs.data.items.length === 0 && <Card size="small">没有适用于您管辖范围的规则</Card>}
      {packs.data.items.map((pack) => (
        <PackCard key={pack.id} pack={pack} session={session} />
      ))}
    </Flex>
  );
}
