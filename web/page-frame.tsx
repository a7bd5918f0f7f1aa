import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, Flex, Spin, Typography } from 'antd';
import { type ReactElement, Suspense } from 'react';
import { Link, NavLink, Outlet } from 'react-router';
import { DUTY_WORDS } from '../domain/kernel/actor.ts';
import { write } from './api-client.ts';
import { useClock } from './features/clock/clock.ts';
import { ClockBanner } from './features/clock/clock-banner.tsx';
import { useRosterChanges } from './features/live/roster-changes.ts';
import { NotificationBell } from './features/notification/notification-bell.tsx';
import { IdentityMenu } from './features/session/identity-menu.tsx';
import { type Holders, holdsAny, type Session } from './features/session/session.ts';

const LINKS = [
  { to: '/', words: '我的待办' },
  { to: '/rosters', words: '名单' },
  { to: '/acts', words: '文书' },
  { to: '/progress', words: '领导一屏' },
];

interface MoreLink {
  readonly to: string;
  readonly words: string;
  /** Everybody, unless said. */
  readonly isFor?: Holders;
}

const ADMINISTRATORS: Holders = { duties: ['administrator'] };

/** Links beside the daily work. */
const MORE_LINKS: readonly MoreLink[] = [
  { to: '/comparisons', words: '部门比对' },
  { to: '/clues', words: '漏评线索' },
  { to: '/remedies', words: '补短板' },
  { to: '/look-backs', words: '回头看' },
  { to: '/screenings', words: '集中排查' },
  { to: '/windows', words: '功能开放' },
  { to: '/worklist', words: '录入工作单' },
  {
    to: '/imports',
    words: '花名册导入',
    isFor: { duties: ['clerk', 'registry-operator'], levels: ['county', 'township'] },
  },
  { to: '/packs', words: '规则核定' },
  {
    to: '/disagreements',
    words: '对账',
    isFor: { duties: ['office', 'administrator', 'inspector', 'leader'] },
  },
  { to: '/readings', words: '查阅记录', isFor: { duties: ['inspector'] } },
  { to: '/administration', words: '组织与人员', isFor: ADMINISTRATORS },
  { to: '/pack-versions', words: '规则包装入', isFor: ADMINISTRATORS },
  { to: '/password', words: '修改口令' },
];

function moreLinks(session: Session): readonly MoreLink[] {
  return MORE_LINKS.filter(({ isFor }) => isFor === undefined || holdsAny(session, isFor));
}

function Navigation({ session }: { readonly session: Session }): ReactElement {
  return (
    <nav aria-label="主导航">
      <Flex wrap gap={16} align="center">
        <strong>公示</strong>
        {LINKS.map(({ to, words }) => (
          <NavLink key={to} to={to} end={to === '/'}>
            {words}
          </NavLink>
        ))}
        <Dropdown
          trigger={['click']}
          menu={{
            items: moreLinks(session).map(({ to, words }) => ({
              key: to,
              label: <Link to={to}>{words}</Link>,
            })),
          }}
        >
          <Button size="small">更多</Button>
        </Dropdown>
      </Flex>
    </nav>
  );
}

/** What stands around every page: the banner of a training instance, the links, who is signed in. */
export function PageFrame({ session }: { readonly session: Session }): ReactElement {
  useRosterChanges();
  const queries = useQueryClient();
  const clock = useClock();
  const training = clock.data?.training === true;
  const signOut = async (): Promise<void> => {
    await write('DELETE', '/session');
    queries.clear();
    window.location.reload();
  };
  const duties = session.duties.map(({ orgName, duty, department }) => {
    return `${orgName}${department ?? DUTY_WORDS[duty]}`;
  });
  // The banner comes with the frame: what came after it would move away under a finger.
  if (clock.isPending) return <Spin style={{ display: 'block', marginTop: 96 }} />;
  const movable = holdsAny(session, ADMINISTRATORS);
  return (
    <>
      <ClockBanner movable={movable} />
      <header className="no-print frame">
        <Navigation session={session} />
        <Flex wrap gap={8} align="center">
          <NotificationBell />
          <Typography.Text>{session.name}</Typography.Text>
          <Typography.Text type="secondary">{duties.join('、')}</Typography.Text>
          {training && <IdentityMenu startAt={session.duties[0]?.orgCode} />}
          <Button size="small" onClick={() => void signOut()}>
            退出登录
          </Button>
        </Flex>
      </header>
      <main className="page">
        <Suspense fallback={<Spin />}>
          <Outlet />
        </Suspense>
      </main>
    </>
  );
}
