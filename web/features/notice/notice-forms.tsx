import { Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { isActive, type SheetState } from '../../../domain/kernel/state.ts';
import type { NoticePlace, PlanStep } from '../../../domain/plan/plan.ts';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { changeWords } from '../../../domain/sheet/sheet-words.ts';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { FileField } from '../file/file-field.tsx';
import { caseOptions, type RosterDetail } from '../roster/roster.ts';
import { SheetPreviewPanel } from './sheet-preview.tsx';
import { type PreviewWish, useSheetPreview } from './sheets.ts';

const FILE_ASKED = [{ required: true, message: '请选择文件' }];

interface DraftValues {
  readonly contact?: string;
}

/** 公示定稿: the server makes the sheet; the clerk may add whom to call. */
export function DraftNoticeForm(context: ActionContext): ReactElement {
  return <DraftForm context={context} type="draft-notice" />;
}

/** 公告定稿, by the level that announces. */
export function DraftAnnouncementForm(context: ActionContext): ReactElement {
  return <DraftForm context={context} type="draft-announcement" />;
}

function DraftForm(props: {
  readonly context: ActionContext;
  readonly type: 'draft-notice' | 'draft-announcement';
}): ReactElement {
  const { context, type } = props;
  const { detail } = context;
  const [contact, setContact] = useState<string | null>(null);
  const preview = useSheetPreview(detail.id, { contact, correction: null });
  const seen = preview.data?.hash;
  return (
    <CommandForm<DraftValues>
      context={context}
      initial={{}}
      toBody={(values) => ({
        type,
        ...contactOf(values.contact),
        ...(seen !== undefined && { seen }),
      })}
    >
      <p>
        表由系统按名单生成，只列
        {detail.plan.subject === undefined ? '户主姓名、小组、人口' : '村名、贫困发生率'}
        和结果。请核对下面的预览，提交即定稿； 定稿后在“公示表”中打印、盖章、张贴。
      </p>
      <ContactField onLeave={setContact} />
      <SheetPreviewPanel detail={detail} preview={preview} />
    </CommandForm>
  );
}

function contactOf(contact: string | undefined): { contact?: string } {
  return contact === undefined || contact.trim() === '' ? {} : { contact };
}

/** 监督联系方式: a hotline or an office; a mobile number is refused (G-05). */
function ContactField(props: { readonly onLeave?: (contact: string | null) => void }) {
  return (
    <Form.Item name="contact" label="监督联系方式（可不填）">
      <Input
        maxLength={200}
        placeholder="监督电话（不得填写手机号）或办公地点"
        onBlur={(event) => props.onLeave?.(event.target.value.trim() || null)}
      />
    </Form.Item>
  );
}

/** 预览更正表, on request: its words are still being written. */
function CorrectionPreview({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const form = Form.useFormInstance<CorrectionValues>();
  const [wish, setWish] = useState<PreviewWish | null>(null);
  const look = async (): Promise<void> => {
    const { change, caseIds = [], words = '', contact } = await form.validateFields();
    setWish({ contact: contact?.trim() || null, correction: { change, caseIds, words } });
  };
  return (
    <>
      <Form.Item>
        <Button onClick={() => void look()}>预览更正表</Button>
      </Form.Item>
      {wish !== null && <WishedPreview detail={detail} wish={wish} />}
    </>
  );
}

function WishedPreview(props: { readonly detail: RosterDetail; readonly wish: PreviewWish }) {
  const preview = useSheetPreview(props.detail.id, props.wish);
  return <SheetPreviewPanel detail={props.detail} preview={preview} />;
}

function placesOf(step: PlanStep | undefined): readonly NoticePlace[] {
  return step?.kind === 'notice' || step?.kind === 'announcement' ? step.places : [];
}

function PlaceField({ places }: { readonly places: readonly NoticePlace[] }): ReactElement {
  return (
    <Form.Item name="place" label="张贴地点" rules={[{ required: true, message: '请选择地点' }]}>
      <Radio.Group options={places.map(({ key, name }) => ({ value: key, label: name }))} />
    </Form.Item>
  );
}

interface PostingValues {
  readonly place?: string;
  readonly proof?: readonly string[];
  readonly correction?: number;
}

function openPlaces(places: readonly NoticePlace[], sheet: SheetState | null) {
  const posted = new Set(sheet?.postings.map(({ place }) => place));
  const open = places.filter(({ key }) => !posted.has(key));
  return open.length > 0 ? open : places;
}

function initialPlace(places: readonly NoticePlace[]): PostingValues {
  const first = places[0]?.key;
  return first === undefined ? {} : { place: first };
}

/** 张贴: proof of posting at one place; the period starts when the last place has it. */
export function PostNoticeForm(context: ActionContext): ReactElement {
  const { detail, step } = context;
  const corrections = detail.state.notice?.corrections.filter(({ complete }) => !complete) ?? [];
  const places =
    corrections.length > 0 ? placesOf(step) : openPlaces(placesOf(step), detail.state.notice);
  return (
    <CommandForm<PostingValues>
      context={context}
      initial={initialPlace(places)}
      toBody={({ place = '', proof = [], correction }) => ({
        type: 'post-notice',
        place,
        proof: proof[0] ?? '',
        ...(correction !== undefined && { correction }),
      })}
    >
      <PlaceField places={places} />
      {corrections.length > 0 && (
        <Form.Item name="correction" label="张贴的是哪一次更正（张贴公示表的不选）">
          <Select
            allowClear
            options={corrections.map(({ no }) => ({ value: no, label: `第${no}次更正` }))}
          />
        </Form.Item>
      )}
      <Form.Item name="proof" label="张贴照片" rules={FILE_ASKED}>
        <FileField max={1} />
      </Form.Item>
    </CommandForm>
  );
}

/** 揭下. */
export function RemoveNoticeForm(context: ActionContext): ReactElement {
  const places = placesOf(context.step);
  return (
    <CommandForm<PostingValues>
      context={context}
      initial={initialPlace(places)}
      toBody={({ place = '', proof = [] }) => ({
        type: 'remove-notice',
        place,
        proof: proof[0] ?? '',
      })}
    >
      <PlaceField places={places} />
      <Form.Item name="proof" label="照片" rules={FILE_ASKED}>
        <FileField max={1} />
      </Form.Item>
    </CommandForm>
  );
}

interface CorrectionValues extends DraftValues {
  readonly change: 'outcome' | 'identity' | 'added-name' | 'other';
  readonly caseIds?: readonly string[];
  readonly words?: string;
}

/** 更正: a material one restarts the period of those it names. */
export function CorrectNoticeForm(context: ActionContext): ReactElement {
  const { subject } = context.detail.plan;
  return (
    <CommandForm<CorrectionValues>
      context={context}
      initial={{ change: 'other' }}
      toBody={({ change, caseIds = [], words = '', contact }) => ({
        type: 'correct-notice',
        change,
        caseIds,
        words,
        ...contactOf(contact),
      })}
    >
      <Form.Item name="change" label="更正什么">
        <Radio.Group
          options={[
            { value: 'outcome', label: '结果' },
            { value: 'identity', label: changeWords('identity', subject) },
            { value: 'added-name', label: changeWords('added-name', subject) },
            { value: 'other', label: '其他笔误' },
          ]}
        />
      </Form.Item>
      <Form.Item name="caseIds" label={`涉及哪些${unitWord(context.detail.plan)}`}>
        <Checkbox.Group options={caseOptions(context.detail, isActive)} />
      </Form.Item>
      <Form.Item
        name="words"
        label="更正内容"
        rules={[{ required: true, message: '请填写更正内容' }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} />
      </Form.Item>
      <ContactField />
      <CorrectionPreview detail={context.detail} />
    </CommandForm>
  );
}

/** 公示结束: only after the period has run in full. */
export function CloseNoticeForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<EvidenceValues>
      context={context}
      initial={{}}
      toBody={(values) => ({ type: 'close-notice', evidence: evidenceOf(values) })}
    >
      <EvidenceFields of={context.step.evidence} />
    </CommandForm>
  );
}

/** 公告: publishes the decision at one place. */
export function PostAnnouncementForm(context: ActionContext): ReactElement {
  const { detail, step } = context;
  const places = openPlaces(placesOf(step), detail.state.announcement);
  return (
    <CommandForm<PostingValues>
      context={context}
      initial={initialPlace(places)}
      toBody={({ place = '', proof = [] }) => ({
        type: 'post-announcement',
        place,
        proof: proof[0] ?? '',
      })}
    >
      <PlaceField places={places} />
      <Form.Item name="proof" label="张贴照片" rules={FILE_ASKED}>
        <FileField max={1} />
      </Form.Item>
    </CommandForm>
  );
}
