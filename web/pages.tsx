/** 页面: each is fetched when it is first opened, so that the first load stays small. */
import { type ComponentType, lazy } from 'react';

const page = (load: () => Promise<ComponentType>) => lazy(async () => ({ default: await load() }));

export const LaunchPage = page(
  async () => (await import('./features/roster/launch-page.tsx')).LaunchPage,
);
export const RosterPage = page(
  async () => (await import('./features/roster/roster-page.tsx')).RosterPage,
);
export const SheetPage = page(
  async () => (await import('./features/notice/sheet-page.tsx')).SheetPage,
);
export const TemplatePage = page(
  async () => (await import('./features/template/template-page.tsx')).TemplatePage,
);
export const SheetCheckPage = page(
  async () => (await import('./features/notice/sheet-check-page.tsx')).SheetCheckPage,
);
export const CaseFormPage = page(
  async () => (await import('./features/visit-form/case-form-page.tsx')).CaseFormPage,
);
export const WindowPage = page(
  async () => (await import('./features/window/window-page.tsx')).WindowPage,
);
export const LeaderPage = page(
  async () => (await import('./features/progress/leader-page.tsx')).LeaderPage,
);
export const ActListPage = page(
  async () => (await import('./features/act/act-list-page.tsx')).ActListPage,
);
export const SignActPage = page(
  async () => (await import('./features/act/sign-act-page.tsx')).SignActPage,
);
export const ActPage = page(async () => (await import('./features/act/act-page.tsx')).ActPage);
export const CluePage = page(async () => (await import('./features/clue/clue-page.tsx')).CluePage);
export const RemedyPage = page(
  async () => (await import('./features/remedy/remedy-page.tsx')).RemedyPage,
);
export const LookBackPage = page(
  async () => (await import('./features/look-back/look-back-page.tsx')).LookBackPage,
);
export const ScreeningPage = page(
  async () => (await import('./features/screening/screening-page.tsx')).ScreeningPage,
);
export const ImportPage = page(
  async () => (await import('./features/import/import-page.tsx')).ImportPage,
);
export const WorklistPage = page(
  async () => (await import('./features/worklist/worklist-page.tsx')).WorklistPage,
);
export const ComparisonPage = page(
  async () => (await import('./features/comparison/comparison-page.tsx')).ComparisonPage,
);
export const AdministrationPage = page(
  async () =>
    (await import('./features/administration/administration-page.tsx')).AdministrationPage,
);
export const ReadingPage = page(
  async () => (await import('./features/administration/reading-page.tsx')).ReadingPage,
);
export const PasswordPage = page(
  async () => (await import('./features/session/password-page.tsx')).PasswordPage,
);
export const ConfirmationPage = page(
  async () => (await import('./features/confirmation/confirmation-page.tsx')).ConfirmationPage,
);
export const DisagreementPage = page(
  async () => (await import('./features/disagreement/disagreement-page.tsx')).DisagreementPage,
);
export const PackVersionPage = page(
  async () => (await import('./features/pack-version/pack-version-page.tsx')).PackVersionPage,
);
