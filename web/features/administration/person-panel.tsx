import { Alert, Button, Card, Flex, Input, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { plainDateAt } from '../../../domain/time/instant.ts';
import type { Answers } from '../../generated/api.ts';
import { useClock } from '../clock/clock.ts';
import { type Account, useAdministeredOrganisations, useAdministration } from './administration.ts';
import { ChangeForm } from './change-form.tsx';
import { DutyForm } from './duty-form.tsx';
import { GrantForm } from './grant-form.tsx';

const GRANT_WORDS: Readonly<Record<string, string>> = {
  'proxy-entry': '代录',
  area: '辖区',
  households: '按户',
};

interface HeldLineProps {
  readonly words: string;
  readonly ended: boolean;
  readonly onEnd: () => void;
}

function HeldLine({ words, ended, onEnd }: HeldLineProps): ReactElement {
  return (
    <Flex wrap gap={8} align="center">
      <span>{words}</span>
      {ended ? (
        <Tag>已终止</Tag>
      ) : (
        <Button size="small" aria-label={`终止${words}`} onClick={onEnd}>
          终止
        </Button>
      )}
    </Flex>
  );
}

function Held({ person }: { readonly person: Account }): ReactElement {
  const { problem, sending, send } = useAdministration();
  const [reason, setReason] = useState('');
  const now = useClock().data?.now ?? 0;
  const places = useAdministeredOrganisations().data?.items ?? [];
  // A grant may reach outside the administrator's area, whose names he is not given.
  const placeWords = (code: string) => places.find((place) => place.code === code)?.name ?? code;
  const end = (path: string): void => {
    void send(path, { on: plainDateAt(now), reason });
  };
  return (
    <Card size="small" title="现有岗位和授权" loading={sending}>
      <Flex vertical gap={8}>
        <Input
          aria-label="终止的依据或理由"
          placeholder="终止的依据或理由（先填写，再点终止）"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {person.duties.map(({ id, orgCode, words, department, validFrom, validTo }) => (
          <HeldLine
            key={id}
            words={`${placeWords(orgCode)} ${department ?? words}，${validFrom}起`}
            ended={validTo !== null}
            onEnd={() => end(`/duties/${id}/end`)}
          />
        ))}
        {person.grants.map(({ id, kind, orgCode, validFrom, validTo }) => (
          <HeldLine
            key={id}
            words={`${placeWords(orgCode)} ${GRANT_WORDS[kind] ?? ''}授权，${validFrom}起`}
            ended={validTo !== null}
            onEnd={() => end(`/grants/${id}/end`)}
          />
        ))}
        {problem !== null && <Alert type="error" showIcon title={problem} />}
      </Flex>
    </Card>
  );
}

function PasswordReset({ person }: { readonly person: Account }): ReactElement {
  const { problem, sending, send } = useAdministration();
  const [password, setPassword] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const reset = async (): Promise<void> => {
    type Answer = Answers['POST /administration/users/:userId/password'];
    const answer = await send<Answer>(`/users/${person.id}/password`, { reason });
    setPassword(answer?.oneTimePassword ?? null);
  };
  return (
    <Card size="small" title="口令">
      <Flex vertical gap={8}>
        <Input
          aria-label="重置口令的理由"
          placeholder="重置口令的理由"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {problem !== null && <Alert type="error" showIcon title={problem} />}
        {password !== null && (
          <Alert type="success" showIcon title={`一次性口令：${password}（只显示这一次）`} />
        )}
        <Button loading={sending} onClick={() => void reset()}>
          重置口令
        </Button>
      </Flex>
    </Card>
  );
}

function Standing({ person }: { readonly person: Account }): ReactElement {
  const { id, locked, disabledAt } = person;
  if (disabledAt !== null) return <Alert type="info" showIcon title="这个账号已经停用" />;
  return (
    <>
      {locked && (
        <Card size="small" title="登录已锁定（口令输错次数过多）">
          <ChangeForm path={`/users/${id}/unlock`} words="解除锁定" dated={false} />
        </Card>
      )}
      <Card size="small" title="停用账号">
        <Typography.Paragraph type="secondary">
          停用后不能再登录，岗位和授权同时终止；本人办过的事项照样保留。停用不能撤回，需要时另开账号。
        </Typography.Paragraph>
        <ChangeForm path={`/users/${id}/end`} words="停用" danger dated={false} />
      </Card>
    </>
  );
}

/** 一个人的岗位与授权. */
export function PersonPanel({ person }: { readonly person: Account }): ReactElement {
  return (
    <Flex vertical gap={12}>
      <Held person={person} />
      <Card size="small" title="任岗">
        <DutyForm person={person} />
      </Card>
      <Card size="small" title="授权">
        <GrantForm person={person} />
      </Card>
      <PasswordReset person={person} />
      <Standing person={person} />
    </Flex>
  );
}
