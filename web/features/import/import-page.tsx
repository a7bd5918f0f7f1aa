import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Select, Typography } from 'antd';
import { type ChangeEvent, type ReactElement, useRef, useState } from 'react';
import { upload, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { useAttempt } from '../command/attempt.ts';
import { organisationOptions, useOrganisations } from '../organisation/organisation.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { ImportPreview } from './import-preview.tsx';

type Preview = Answers['POST /imports'];

/** Upload, look, apply: nothing is written before the last, and then all of it or nothing. */
function useImport() {
  const queries = useQueryClient();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [applied, setApplied] = useState(false);
  const { problem, busy, attempt } = useAttempt();
  const look = (area: string, file: File): Promise<void> =>
    attempt(async () => {
      setApplied(false);
      setPreview(null);
      setPreview(await upload<Preview>(`/imports?area=${area}`, file, file.name));
    });
  const apply = (importId: string): Promise<void> =>
    attempt(async () => {
      await write('POST', `/imports/${importId}/apply`);
      setApplied(true);
      await queries.invalidateQueries();
    });
  return { preview, applied, problem, busy, look, apply };
}

function FileButton(props: {
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
}): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file !== undefined) props.onFile(file);
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".xlsx"
        aria-label="选择花名册"
        style={{ display: 'none' }}
        onChange={chosen}
      />
      <Button type="primary" disabled={props.disabled} onClick={() => input.current?.click()}>
        选择花名册并预览
      </Button>
    </>
  );
}

/** 花名册导入: the national system's exported roll becomes this county's households. */
export function ImportPage(): ReactElement {
  const organisations = useOrganisations();
  const [chosen, setChosen] = useState<string | null>(null);
  const { preview, applied, problem, busy, look, apply } = useImport();
  const items = organisations.data?.items ?? [];
  const areas = ['county', 'township'].flatMap((level) => organisationOptions(items, level));
  const area = chosen ?? areas[0]?.value ?? null;
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>花名册导入</Typography.Title>
      <Typography.Paragraph type="secondary">
        上传全国扶贫开发信息系统导出的花名册（户、家庭成员、村）。先预览，确认后全部入库；有一行错误就一户也不入。
        再次导入按户编号、人口编号更新，不会重复。
      </Typography.Paragraph>
      <ProblemAlert error={organisations.error} />
      <Card size="small">
        <Flex wrap gap={12} align="center">
          <Select
            aria-label="导入到哪个地区"
            style={{ minWidth: 220 }}
            value={area}
            options={areas}
            onChange={setChosen}
            showSearch={{ optionFilterProp: 'label' }}
          />
          <FileButton
            disabled={busy || area === null}
            onFile={(file) => area !== null && void look(area, file)}
          />
        </Flex>
      </Card>
      {problem !== null && (
        <Alert type="error" showIcon title={problem.title} description={problem.detail} />
      )}
      {applied && <Alert type="success" showIcon title="已全部入库" />}
      {preview !== null && (
        <ImportPreview
          preview={preview}
          busy={busy}
          applied={applied}
          onApply={() => void apply(preview.importId)}
        />
      )}
    </Flex>
  );
}
