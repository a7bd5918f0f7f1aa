import { Card, Select } from 'antd';
import type { ReactElement } from 'react';
import { organisationOptions, useOrganisations } from '../organisation/organisation.ts';

interface CountyFieldProps {
  /** The city that applies, or the county that applies for itself. */
  readonly unit: string;
  readonly chosen: readonly string[];
  readonly onChoose: (codes: readonly string[]) => void;
}

/** 选择县 of one city, or the county itself; the rules, not the page, say which of them may be listed. */
export function CountyField({ unit, chosen, onChoose }: CountyFieldProps): ReactElement {
  const organisations = useOrganisations();
  const items = organisations.data?.items ?? [];
  const belonging = items.filter(
    ({ level, code, parentCode }) => level === 'county' && (code === unit || parentCode === unit),
  );
  return (
    <Card size="small" title={`选择县（已选${chosen.length}个县）`}>
      <Select
        aria-label="县"
        mode="multiple"
        style={{ width: '100%' }}
        value={[...chosen]}
        onChange={onChoose}
        options={organisationOptions(belonging, 'county')}
      />
    </Card>
  );
}
