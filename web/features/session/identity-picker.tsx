import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Select, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';

type SignIns = Answers['GET /training/sign-ins'];
type Person = SignIns['people'][number];

/** Who can be played in training; nobody in production. */
function useSignIns() {
  return useQuery({
    queryKey: ['training-sign-ins'],
    queryFn: () => read<SignIns>('/training/sign-ins'),
    staleTime: 300_000,
  });
}

interface IdentityPickerProps {
  /** Organisation whose people are shown first. */
  readonly startAt?: string | undefined;
  readonly busy: boolean;
  readonly onPick: (name: string, password: string) => void;
}

function placesOf(people: readonly Person[]) {
  const names = new Map(people.map(({ orgCode, orgName }) => [orgCode, orgName]));
  const above = (code: string): string => names.get(code.slice(0, 9)) ?? '';
  return [...names].map(([code, name]) => ({
    value: code,
    label: code.length > 9 ? `${above(code)}${name}` : name,
  }));
}

/** 以…身份登录: in training everybody may be anybody; choose a place, then a post. */
export function IdentityPicker({
  startAt,
  busy,
  onPick,
}: IdentityPickerProps): ReactElement | null {
  const signIns = useSignIns();
  const [chosen, setChosen] = useState<string | null>(null);
  const { password, people } = signIns.data ?? { password: null, people: [] };
  const place = chosen ?? startAt ?? people[0]?.orgCode;
  if (password === null || place === undefined) return null;
  return (
    <Flex vertical gap={8}>
      <Typography.Text strong>演练：以下列身份登录</Typography.Text>
      <Select
        aria-label="单位"
        showSearch={{ optionFilterProp: 'label' }}
        value={place}
        options={placesOf(people)}
        onChange={setChosen}
      />
      <Flex wrap gap={6}>
        {people
          .filter(({ orgCode }) => orgCode === place)
          .map(({ signInName, displayName, orgName, post }) => (
            <Button
              key={`${signInName} ${post}`}
              size="small"
              disabled={busy}
              aria-label={`以${orgName}${post}身份登录`}
              onClick={() => onPick(signInName, password)}
            >
              {post}（{displayName}）
            </Button>
          ))}
      </Flex>
    </Flex>
  );
}
