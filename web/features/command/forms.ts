import type { ComponentType } from 'react';
import type { CommandType } from '../../../domain/kernel/command.ts';
import { AcceptanceForm } from '../acceptance/acceptance-form.tsx';
import { AssemblyForm, VoidAssemblyForm } from '../assembly/assembly-form.tsx';
import { CertificationForm } from '../certification/certification-form.tsx';
import { CollectionForm, VerificationForm } from '../collection/collection-forms.tsx';
import { ReceiveComparisonForm, RequestComparisonForm } from '../comparison/batch-forms.tsx';
import { ExplainHitForm, JudgeExplanationForm } from '../comparison/comparison-forms.tsx';
import { InspectionForm } from '../inspection/inspection-form.tsx';
import {
  AdvanceForm,
  ResumeForm,
  ReturnForm,
  SplitForm,
  SuspendForm,
  WithdrawForm,
} from '../movement/movement-forms.tsx';
import {
  CloseNoticeForm,
  CorrectNoticeForm,
  DraftAnnouncementForm,
  DraftNoticeForm,
  PostAnnouncementForm,
  PostNoticeForm,
  RemoveNoticeForm,
} from '../notice/notice-forms.tsx';
import { DisposeObjectionForm, RaiseObjectionForm } from '../objection/objection-forms.tsx';
import { OpeningForm } from '../opening/opening-form.tsx';
import { DecisionForm, ReviewForm } from '../opinion/opinion-forms.tsx';
import { ReportForm } from '../opinion/report-form.tsx';
import { RegistrationForm } from '../registration/registration-form.tsx';
import type { ActionContext } from './command-form.tsx';

/** The form of each action. Those missing are sent by the system itself. */
export const FORMS: Readonly<Partial<Record<CommandType, ComponentType<ActionContext>>>> = {
  'record-collection': CollectionForm,
  'hold-assembly': AssemblyForm,
  'record-void-assembly': VoidAssemblyForm,
  verify: VerificationForm,
  'record-acceptance': AcceptanceForm,
  'request-comparison': RequestComparisonForm,
  'receive-comparison': ReceiveComparisonForm,
  'explain-hit': ExplainHitForm,
  'judge-explanation': JudgeExplanationForm,
  certify: CertificationForm,
  'draft-notice': DraftNoticeForm,
  'post-notice': PostNoticeForm,
  'remove-notice': RemoveNoticeForm,
  'correct-notice': CorrectNoticeForm,
  'close-notice': CloseNoticeForm,
  'raise-objection': RaiseObjectionForm,
  'dispose-objection': DisposeObjectionForm,
  review: ReviewForm,
  decide: DecisionForm,
  report: ReportForm,
  'open-functions': OpeningForm,
  'draft-announcement': DraftAnnouncementForm,
  'post-announcement': PostAnnouncementForm,
  'carry-registrations': RegistrationForm,
  inspect: InspectionForm,
  'return-cases': ReturnForm,
  advance: AdvanceForm,
  split: SplitForm,
  'withdraw-case': WithdrawForm,
  suspend: SuspendForm,
  resume: ResumeForm,
};
