import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useAdministeredOrganisations } from './administration.ts';

interface OrganisationSelectProps {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (code: string) => void;
}

/** 单位 of the administrator's area that stand today, as a field of a form. */
export function OrganisationSelect({ id, value, onChange }: OrganisationSelectProps): ReactElement {
  const organisations = useAdministeredOrganisations();
  const standing = (organisations.data?.items ?? []).filter(({ validTo }) => validTo === null);
  return (
    <Select
      {...(id !== undefined && { id })}
      value={value ?? null}
      showSearch={{ optionFilterProp: 'label' }}
      options={standing.map(({ code, name }) => ({ value: code, label: `${name}（${code}）` }))}
      onChange={(code) => code !== null && onChange?.(code)}
    />
  );
}
