/** 张贴件 — one sheet as a self-contained A4 page: black on white, large type, no script, no address. */
import { toString as qrText } from 'qrcode';
import type { PostedSheet } from '../domain/sheet/posted-sheet.ts';
import type { DateReceipt } from '../domain/time/date-receipt.ts';
import { sheetCode } from './sheet-code.ts';

/** What a paper is printed from. */
export interface PaperInput {
  readonly hash: string;
  readonly sheet: PostedSheet;
  /** Dates of the period once it runs; before that the paper has blanks to be filled in by hand. */
  readonly receipt: DateReceipt | null;
  /** 预览: not frozen yet, so not to be posted. */
  readonly isPreview: boolean;
}

/** Characters of the hash that are printed for the eye; the QR holds all. */
const CODE_SHOWN = 16;

/** The page. Repeats the table's head on every sheet of paper and numbers them. */
export async function sheetPaper(input: PaperInput): Promise<string> {
  const { sheet, hash, isPreview } = input;
  const code = sheetCode(sheet.rosterId, hash);
  const qr = await qrText(code, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  const shown = hash.slice(0, CODE_SHOWN);
  const marks = [
    ...(sheet.training ? ['演练'] : []),
    ...(isPreview ? ['预览，未定稿，不得张贴'] : []),
  ];
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(sheet.title)}</title>
<style>${STYLE}</style>
</head>
<body>
${marks.map((mark) => `<p class="mark">${mark}</p>`).join('')}
${sheet.training ? '<p class="water" aria-hidden="true">演练</p>' : ''}
<h1>${escape(sheet.title)}</h1>
<p class="subtitle">${escape(sheet.subtitle)}</p>
<p class="opening">${escape(openingOf(sheet))}</p>
${correctionPart(sheet)}
${tableOf(sheet, shown)}
<section class="foot">
<p class="total">${totalOf(sheet)}</p>
${termsOf(input)}
<div class="end">
<div class="code">${qr}<p>核对码 ${shown}<br>扫码可核对纸上内容与登记是否一致</p></div>
<div class="issuer"><p class="seal">（盖章处）</p><p>${escape(sheet.issuer)}</p><p>${dayWords(sheet.issuedOn)}</p></div>
</div>
</section>
</body>
</html>
`;
}

function openingOf({ opening, decision }: PostedSheet): string {
  if (decision === null) return opening;
  const { issuer, documentNo, documentOn } = decision;
  const on = documentOn === null ? '' : `（${dayWords(documentOn)}）`;
  const by = documentNo === null ? `经${issuer}审核，` : `依据${issuer}${documentNo}${on}，`;
  return `${by}${opening}`;
}

function correctionPart({ correction, subject }: PostedSheet): string {
  if (correction === null) return '';
  const { no, corrects, change, words, restarts } = correction;
  const listed = subject === undefined ? '户' : '村';
  const period = restarts ? `所列各${listed}公示期自更正张贴齐全起重新计算。` : '公示期不变。';
  return `<p class="opening">第${no}次更正（原公示核对码 ${corrects.slice(0, CODE_SHOWN)}），更正事项：${escape(change)}。
${escape(words)}　${period}</p>`;
}

/** Villages are counted; their persons are counted by definitions that do not add up. */
function totalOf({ rows, subject }: PostedSheet): string {
  if (subject === 'village') return `合计${rows.length}个村。`;
  return `合计${rows.length}户${rows.reduce((sum, row) => sum + row.memberCount, 0)}人。`;
}

const HOUSEHOLD_HEADS = ['序号', '户主姓名', '村民小组', '家庭人口', '结果'];
const VILLAGE_HEADS = ['序号', '村名', '贫困发生率', '结果'];

function tableOf({ title, rows, subject }: PostedSheet, shown: string): string {
  const isOfVillages = subject === 'village';
  const lines = rows.map(({ headName, groupName, memberCount, result, rate = '' }, index) => {
    const told = isOfVillages ? [rate] : [groupName, memberCount];
    const cells = [index + 1, headName, ...told, result];
    return `<tr>${cells.map((cell) => `<td>${escape(String(cell))}</td>`).join('')}</tr>`;
  });
  const heads = isOfVillages ? VILLAGE_HEADS : HOUSEHOLD_HEADS;
  return `<table${isOfVillages ? ' class="villages"' : ''}>
<thead>
<tr class="running"><th colspan="${heads.length}">${escape(title)}　核对码 ${shown}</th></tr>
<tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>
</thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`;
}

function termsOf({ sheet, receipt }: PaperInput): string {
  const { places, period, objections, contact, grounds } = sheet;
  const terms: (readonly [string, string])[] = [
    ['张贴地点', places.join('、')],
    ...(period === null ? [] : [['期限', `${period}\n${datesOf(receipt)}`] as const]),
    ['意见反映', objections],
    ...(contact === null ? [] : [['联系方式', contact] as const]),
    ...(grounds.length === 0 ? [] : [['依据', grounds.join('；')] as const]),
  ];
  const items = terms.map(([name, words]) => `<dt>${name}</dt><dd>${escape(words)}</dd>`);
  return `<dl>${items.join('')}</dl>`;
}

/** From and until, once known; else blanks for the hand that posts. */
function datesOf(receipt: DateReceipt | null): string {
  if (receipt === null) {
    return '自＿＿＿年＿＿月＿＿日起，至＿＿＿年＿＿月＿＿日24时止（张贴后填）。';
  }
  return `自${dayWords(receipt.firstDay)}起，至${dayWords(receipt.lastDay)}24时止。`;
}

/** 2020年9月3日. */
function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
}

/** Fixed measures in mm and pt: a board is read from two metres. Page numbers are the browser's. */
const STYLE = `
@page { size: A4 portrait; margin: 13mm 15mm 16mm;
  @bottom-center { content: "第" counter(page) "页　共" counter(pages) "页"; font: 11pt serif; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 180mm; padding: 4mm; color: #000; background: #fff;
  font: 15pt/1.6 SimSun, "Songti SC", "Noto Serif CJK SC", serif; }
h1 { margin: 4mm 0 2mm; text-align: center; font-size: 25pt; line-height: 1.35;
  font-family: SimHei, "Heiti SC", "Noto Sans CJK SC", sans-serif; text-wrap: balance; }
p { margin: 0 0 3mm; }
.subtitle { text-align: center; font-size: 12pt; text-wrap: balance; }
.opening { text-indent: 2em; }
.mark { margin: 0; padding: 1mm; border: 1pt solid #000; text-align: center; font-weight: bold; }
.water { position: fixed; inset: 0; margin: auto; height: 90mm; width: 180mm; text-align: center;
  font: bold 80mm/90mm sans-serif; color: #000; opacity: 0.07; transform: rotate(-30deg); z-index: -1; }
table { width: 100%; border-collapse: collapse; font-size: 17pt; line-height: 1.35; }
thead { display: table-header-group; }
/* The seal never stands on a page of its own. */
tr, .foot { break-inside: avoid; }
th, td { border: 0.8pt solid #000; padding: 1.1mm 2mm; text-align: center; overflow-wrap: anywhere; }
th { font-weight: bold; white-space: nowrap; }
.running th { border-width: 0; padding: 0 0 1mm; font-size: 10pt; font-weight: normal; white-space: normal;
  text-align: right; }
th:nth-child(1) { width: 10%; } th:nth-child(3) { width: 29%; }
th:nth-child(4) { width: 17%; } th:nth-child(5) { width: 15%; }
.villages th:nth-child(3) { width: 45%; } .villages td:nth-child(3) { font-size: 13pt; }
.total { margin-top: 2mm; text-align: right; }
dl { display: grid; grid-template-columns: 5em 1fr; gap: 0.5mm 2mm; margin: 2mm 0; font-size: 13pt;
  line-height: 1.45; }
dt { font-weight: bold; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
.end { display: flex; justify-content: space-between; align-items: flex-end; gap: 8mm; margin-top: 3mm; }
.code { width: 62mm; font-size: 10pt; line-height: 1.4; } .code svg { width: 30mm; height: 30mm; display: block; }
.code p { margin: 1mm 0 0; }
.issuer { width: 80mm; text-align: center; } .issuer p { margin: 0; }
.seal { display: flex; align-items: center; justify-content: center; width: 36mm; height: 36mm;
  margin: 0 auto 1mm !important; border: 0.8pt dashed #000; border-radius: 50%; font-size: 11pt; }
@media print { body { max-width: none; padding: 0; } }
@media screen and (max-width: 600px) {
  body { font-size: 12pt; } h1 { font-size: 17pt; } table { font-size: 12pt; } dl { font-size: 11pt; }
  th, td { padding: 1mm; } .end { flex-direction: column-reverse; align-items: stretch; }
  .issuer { width: auto; } .water { width: 100%; font-size: 30mm; }
}
`;
