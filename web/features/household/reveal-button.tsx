import { Button, Flex, Typography } from 'antd';
import type { ReactElement } from 'react';

interface RevealButtonProps {
  readonly busy?: boolean;
  readonly onReveal: () => void;
}

/** 查看证件号码 — the whole numbers are shown only on purpose, and who looked is kept. */
export function RevealButton({ busy = false, onReveal }: RevealButtonProps): ReactElement {
  return (
    <Flex wrap gap={8} align="center" style={{ marginBottom: 8 }}>
      <Button size="small" loading={busy} onClick={onReveal}>
        查看证件号码
      </Button>
      <Typography.Text type="secondary">
        证件号码只显示首尾几位；查看完整号码会留下记录。
      </Typography.Text>
    </Flex>
  );
}
