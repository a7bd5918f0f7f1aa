import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import type { ReactElement } from 'react';
import { useSession } from './features/session/session.ts';
import { SignInPage } from './features/session/sign-in-page.tsx';
import 'dayjs/locale/zh-cn';

const FONTS =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif';

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: true } },
});

function Entrance(): ReactElement {
  const session = useSession();
  if (session.isPending) return <Spin style={{ display: 'block', marginTop: 96 }} />;
  return <SignInPage />;
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
        <Entrance />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
