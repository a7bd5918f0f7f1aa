import { Alert, Button, Card, Flex, Select, Typography } from 'antd';
import { type ChangeEvent, type ReactElement, useRef, useState } from 'react';
import { Link } from 'react-router';
import { type Problem, ProblemError, upload } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { organisationOptions, useOrganisations } from '../organisation/organisation.ts';
import { RefusedAlert } from '../refusal/refused-alert.tsx';

type Comparison = Answers['POST /roll-comparisons'];
type Entry = Comparison['open'][number];

function useComparison() {
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const compare = async (area: string, file: File): Promise<void> => {
    setBusy(true);
    setProblem(null);
    setComparison(null);
    try {
      const path = `/roll-comparisons?area=${area}`;
      setComparison(await upload<Comparison>(path, file, file.name));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    } finally {
      setBusy(false);
    }
  };
  return { comparison, problem, busy, compare };
}

function Entries({ entries }: { readonly entries: readonly Entry[] }): ReactElement {
  return (
    <>
      {entries.map(({ entryId, rosterId, unitName, headName, words }) => (
        <div key={entryId} className="value-line">
          <Link to={`/rosters/${rosterId}`}>
            {unitName} {headName}
          </Link>
          ：{words}
        </div>
      ))}
    </>
  );
}

function ComparisonResult({ comparison }: { readonly comparison: Comparison }): ReactElement {
  const { households, matched, contradicting, open } = comparison;
  return (
    <Flex vertical gap={10}>
      <Alert
        type={contradicting.length === 0 ? 'success' : 'warning'}
        showIcon
        title={`花名册${households}户：一致${matched}件，不一致${contradicting.length}件，两边都还没有办的${open.length}件`}
      />
      <Entries entries={contradicting} />
      <Entries entries={open} />
    </Flex>
  );
}

/** 与花名册对账: nothing is changed by it; what differs is for people to look into. */
export function RollComparisonCard(): ReactElement {
  const organisations = useOrganisations();
  const [chosen, setChosen] = useState<string | null>(null);
  const { comparison, problem, busy, compare } = useComparison();
  const input = useRef<HTMLInputElement>(null);
  const items = organisations.data?.items ?? [];
  const areas = ['county', 'township'].flatMap((level) => organisationOptions(items, level));
  const area = chosen ?? areas[0]?.value ?? null;
  const picked = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file !== undefined && area !== null) void compare(area, file);
  };
  return (
    <Card size="small" title="与导出的花名册对账">
      <Flex vertical gap={10}>
        <Typography.Text type="secondary">
          上传全国系统导出的花名册，逐户、逐村核对本系统办结的标注和录入。只核对，不改变任何内容。
        </Typography.Text>
        <Flex wrap gap={12} align="center">
          <Select
            aria-label="核对哪个地区"
            style={{ minWidth: 220 }}
            value={area}
            options={areas}
            onChange={setChosen}
            showSearch={{ optionFilterProp: 'label' }}
          />
          <input
            ref={input}
            type="file"
            accept=".xlsx"
            aria-label="选择导出的花名册"
            style={{ display: 'none' }}
            onChange={picked}
          />
          <Button loading={busy} disabled={area === null} onClick={() => input.current?.click()}>
            选择花名册并核对
          </Button>
        </Flex>
        {problem !== null && <RefusedAlert problem={problem} type="error" />}
        {comparison !== null && <ComparisonResult comparison={comparison} />}
      </Flex>
    </Card>
  );
}
