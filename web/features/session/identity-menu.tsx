import { Alert, Button, Popover } from 'antd';
import { type ReactElement, useState } from 'react';
import { IdentityPicker } from './identity-picker.tsx';
import { useSignIn } from './use-sign-in.ts';

/** 换身份: in training, the same page seen as another person. */
export function IdentityMenu({ startAt }: { readonly startAt: string | undefined }): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const { problem, sending, signIn } = useSignIn();
  const pick = async (name: string, password: string): Promise<void> => {
    await signIn(name, password);
    setIsOpen(false);
  };
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setIsOpen}
      placement="bottomRight"
      content={
        <div style={{ width: 320, maxWidth: '80vw' }}>
          {problem !== null && <Alert type="error" showIcon title={problem} />}
          <IdentityPicker
            startAt={startAt}
            busy={sending}
            onPick={(name, password) => void pick(name, password)}
          />
        </div>
      }
    >
      <Button size="small">换身份</Button>
    </Popover>
  );
}
