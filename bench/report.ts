/** 结果表 — how the figures of a shape are summed up and printed. */
import type { RunFigures, Shape } from './measure-lists.ts';
import { medianOf, percentileOf, type Spread, spreadOf } from './spread.ts';

/** The runs of a shape: medians, and spreads of the speeds. */
export interface ShapeFigures
  extends Shape,
    Omit<RunFigures, 'stepsPerSecond' | 'signingPerSecond' | 'signOffMs'> {
  readonly stepsPerSecond: Spread;
  readonly signingPerSecond: Spread;
  readonly signOffMs: { readonly p50: number; readonly p95: number; readonly p99: number };
}

/** Sums up the runs of a shape. */
export function summarise(shape: Shape, figures: readonly RunFigures[]): ShapeFigures {
  const signOffMs = figures.flatMap((each) => each.signOffMs);
  const median = (value: (each: RunFigures) => number) => medianOf(figures.map(value));
  const parts = Object.keys(figures[0]?.processorMsPerList ?? {});
  return {
    ...shape,
    stepsPerSecond: spreadOf(figures.map((each) => each.stepsPerSecond)),
    signingPerSecond: spreadOf(figures.map((each) => each.signingPerSecond)),
    signOffMs: {
      p50: percentileOf(signOffMs, 50),
      p95: percentileOf(signOffMs, 95),
      p99: percentileOf(signOffMs, 99),
    },
    recordBytesPerHousehold: median((each) => each.recordBytesPerHousehold),
    temporalBytesPerHousehold: median((each) => each.temporalBytesPerHousehold),
    processorMsPerList: Object.fromEntries(
      parts.map((part) => [part, median((each) => each.processorMsPerList[part] ?? 0)]),
    ),
    commitsPerList: median((each) => each.commitsPerList),
  };
}

/** Headings of {@link rowOf}. */
export const COLUMNS: readonly string[] = [
  'list',
  'callers',
  'lists',
  'seam',
  'steps/s',
  'signing/s',
  'p50',
  'p95',
  'p99 ms',
  'KiB/household, record + Temporal',
  'processor ms/list',
  'commits/list',
];

/** One line of the table. */
export function rowOf(figures: ShapeFigures): string[] {
  const { size, callers, lists, seam, stepsPerSecond, signingPerSecond, signOffMs } = figures;
  const kibibytes = [figures.recordBytesPerHousehold, figures.temporalBytesPerHousehold];
  const processor = Object.entries(figures.processorMsPerList);
  return [
    ...[size, callers, lists, seam].map(String),
    spreadWords(stepsPerSecond),
    spreadWords(signingPerSecond),
    ...[signOffMs.p50, signOffMs.p95, signOffMs.p99].map((ms) => ms.toFixed(0)),
    kibibytes.map((bytes) => (bytes / 1024).toFixed(1)).join(' + '),
    processor.map(([part, ms]) => `${part} ${ms.toFixed(0)}`).join(', '),
    figures.commitsPerList.toFixed(0),
  ];
}

/** Median, and the lowest and highest run. */
export function spreadWords({ median, low, high }: Spread): string {
  return `${median.toFixed(0)} (${low.toFixed(0)}–${high.toFixed(0)})`;
}

/** Prints a line of a Markdown table. */
export function printRow(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
