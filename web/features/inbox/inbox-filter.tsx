import { Flex, Segmented, Select } from 'antd';
import type { ReactElement } from 'react';
import type { Answers } from '../../generated/api.ts';

/** 待办 as the server answers it. */
export type Inbox = Answers['GET /inbox'];

/** Rows of one page. */
export const PAGE_SIZE = 20;

/** What the to-do list is narrowed to. */
export interface Filter {
  readonly unit?: string;
  readonly step?: string;
  readonly late?: 'true';
  readonly page: number;
}

/** The filter as the query of an address. */
export function queryOf({ unit, step, late, page }: Filter): string {
  const given = new URLSearchParams({ page: String(page), size: String(PAGE_SIZE) });
  if (unit !== undefined) given.set('unit', unit);
  if (step !== undefined) given.set('step', step);
  if (late !== undefined) given.set('late', late);
  return given.toString();
}

interface FilterBarProps {
  readonly inbox: Inbox;
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

/** 按村、环节、逾期筛选. */
export function FilterBar({ inbox, filter, onChange }: FilterBarProps): ReactElement {
  const { late, ...unhurried } = filter;
  const { units, steps } = inbox.facets;
  return (
    <Flex wrap gap={8} style={{ marginBottom: 12 }}>
      <Segmented
        aria-label="全部或逾期"
        value={late === 'true' ? 'late' : 'all'}
        options={[
          { value: 'all', label: '全部' },
          { value: 'late', label: '只看逾期' },
        ]}
        onChange={(choice) =>
          onChange({ ...unhurried, ...(choice === 'late' && { late: 'true' as const }), page: 1 })
        }
      />
      <Select
        aria-label="按村筛选"
        placeholder="所有村"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ minWidth: 150 }}
        value={filter.unit ?? null}
        options={units.map(({ code, name, lists }) => ({
          value: code,
          label: `${name}（${lists}）`,
        }))}
        onChange={(unit) => onChange(withChoice(filter, 'unit', unit))}
      />
      <Select
        aria-label="按环节筛选"
        placeholder="所有环节"
        allowClear
        style={{ minWidth: 150 }}
        value={filter.step ?? null}
        options={steps.map(({ key, name, lists }) => ({
          value: key,
          label: `${name}（${lists}）`,
        }))}
        onChange={(step) => onChange(withChoice(filter, 'step', step))}
      />
    </Flex>
  );
}

function withChoice(filter: Filter, key: 'unit' | 'step', value: string | null): Filter {
  const { [key]: _old, ...rest } = filter;
  return { ...rest, ...(value && { [key]: value }), page: 1 };
}
