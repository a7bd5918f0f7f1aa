import { Form } from 'antd';
import type { ReactElement } from 'react';
import type { Evidence } from '../../../domain/kernel/event.ts';
import type { EvidenceUse } from '../../../domain/plan/plan.ts';
import { FileField } from '../file/file-field.tsx';

/** Fields of `evidence` as a form holds them. */
export interface EvidenceValues {
  readonly evidence?: Readonly<Record<string, readonly string[] | undefined>>;
}

/** 附件 that the step or the act asks for, one field each, and one for anything else. */
export function EvidenceFields({ of }: { readonly of: readonly EvidenceUse[] }): ReactElement {
  return (
    <>
      {of.map(({ key, name, min }) => (
        <Form.Item key={key} name={['evidence', key]} label={`${name}（至少${min}份）`}>
          <FileField />
        </Form.Item>
      ))}
      <Form.Item name={['evidence', 'other']} label="其他附件">
        <FileField />
      </Form.Item>
    </>
  );
}

/** The evidence of a command: fields left empty are left out. */
export function evidenceOf({ evidence = {} }: EvidenceValues): Evidence {
  const named = Object.entries(evidence).flatMap(([key, hashes = []]) =>
    hashes.length === 0 ? [] : [[key, hashes] as const],
  );
  return Object.fromEntries(named);
}
