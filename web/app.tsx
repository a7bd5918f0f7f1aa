import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { type ReactElement, Suspense } from 'react';
import { HashRouter, Navigate, Route, Routes } from 'react-router';
import { InboxPage } from './features/inbox/inbox-page.tsx';
import { ProblemAlert } from './features/refusal/problem-alert.tsx';
import { RosterListPage } from './features/roster/roster-list-page.tsx';
import { useSession } from './features/session/session.ts';
import { SignInPage } from './features/session/sign-in-page.tsx';
import { PageFrame } from './page-frame.tsx';
import {
  ActListPage,
  ActPage,
  AdministrationPage,
  CaseFormPage,
  CluePage,
  ComparisonPage,
  ConfirmationPage,
  DisagreementPage,
  ImportPage,
  LaunchPage,
  LeaderPage,
  LookBackPage,
  PackVersionPage,
  PasswordPage,
  ReadingPage,
  RemedyPage,
  RosterPage,
  ScreeningPage,
  SheetCheckPage,
  SheetPage,
  SignActPage,
  TemplatePage,
  WindowPage,
  WorklistPage,
} from './pages.tsx';
import 'dayjs/locale/zh-cn';

const FONTS =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif';

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: true } },
});

function Pages(): ReactElement {
  const session = useSession();
  if (session.isPending) return <Spin style={{ display: 'block', marginTop: 96 }} />;
  if (session.isError) return <ProblemAlert error={session.error} />;
  if (session.data === null) return <SignInPage />;
  if (session.data.mustChangePassword) {
    return (
      <Suspense fallback={null}>
        <PasswordPage />
      </Suspense>
    );
  }
  return (
    <Routes>
      <Route element={<PageFrame session={session.data} />}>
        <Route index element={<InboxPage />} />
        <Route path="rosters" element={<RosterListPage />} />
        <Route path="rosters/new" element={<LaunchPage />} />
        <Route path="rosters/:rosterId" element={<RosterPage />} />
        <Route path="rosters/:rosterId/sheet" element={<SheetPage />} />
        <Route path="rosters/:rosterId/papers/:stepKey" element={<TemplatePage />} />
        <Route path="sheets/check" element={<SheetCheckPage />} />
        <Route path="rosters/:rosterId/cases/:caseId/form" element={<CaseFormPage />} />
        <Route path="acts" element={<ActListPage />} />
        <Route path="acts/new" element={<SignActPage />} />
        <Route path="acts/:actId" element={<ActPage />} />
        <Route path="comparisons" element={<ComparisonPage />} />
        <Route path="clues" element={<CluePage />} />
        <Route path="remedies" element={<RemedyPage />} />
        <Route path="look-backs" element={<LookBackPage />} />
        <Route path="screenings" element={<ScreeningPage />} />
        <Route path="worklist" element={<WorklistPage />} />
        <Route path="imports" element={<ImportPage />} />
        <Route path="administration" element={<AdministrationPage />} />
        <Route path="pack-versions" element={<PackVersionPage />} />
        <Route path="readings" element={<ReadingPage />} />
        <Route path="password" element={<PasswordPage />} />
        <Route path="windows" element={<WindowPage />} />
        <Route path="packs" element={<ConfirmationPage />} />
        <Route path="disagreements" element={<DisagreementPage />} />
        <Route path="progress" element={<LeaderPage />} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Route>
    </Routes>
  );
}

/** 网页: words, fonts and data access around every page. */
export function App(): ReactElement {
  return (
    <ConfigProvider
      locale={zhCN}
      button={{ autoInsertSpace: false }}
      theme={{ token: { fontFamily: FONTS } }}
    >
      <QueryClientProvider client={queries}>
        <HashRouter>
          <Pages />
        </HashRouter>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
