import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Typography } from 'antd';
import type { ReactElement } from 'react';
import { NavLink, Outlet } from 'react-router';
import { DUTY_WORDS } from '../domain/kernel/actor.ts';
import { write } from './api-client.ts';
import { ClockBanner } from './features/clock/clock-banner.tsx';
import type { Session } from './features/session/session.ts';

const LINKS = [
  { to: '/', words: '我的待办' },
  { to: '/rosters', words: '名单' },
  { to: '/windows', words: '功能开放' },
  { to: '/progress', words: '领导一屏' },
];

/** What stands around every page: the banner of a training instance, the links, who is signed in. */
export function PageFrame({ session }: { readonly session: Session }): ReactElement {
  const queries = useQueryClient();
  const signOut = async (): Promise<void> => {
    await write('DELETE', '/session');
    queries.clear();
    window.location.reload();
  };
  const duties = session.duties.map(({ orgName, duty }) => `${orgName}${DUTY_WORDS[duty]}`);
  const movable = session.duties.some(({ duty }) => duty === 'administrator');
  return (
    <>
      <ClockBanner movable={movable} />
      <header className="no-print frame">
        <nav aria-label="主导航">
          <Flex wrap gap={16} align="center">
            <strong>公示</strong>
            {LINKS.map(({ to, words }) => (
              <NavLink key={to} to={to} end={to === '/'}>
                {words}
              </NavLink>
            ))}
          </Flex>
        </nav>
        <Flex wrap gap={8} align="center">
          <Typography.Text>{session.name}</Typography.Text>
          <Typography.Text type="secondary">{duties.join('、')}</Typography.Text>
          <Button size="small" onClick={() => void signOut()}>
            退出登录
          </Button>
        </Flex>
      </header>
      <main className="page">
        <Outlet />
      </main>
    </>
  );
}
