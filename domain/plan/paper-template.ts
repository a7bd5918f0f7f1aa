/** 文书模板 — a paper whose words the text itself prescribes; {单位} stands for who writes it. */
export interface PaperTemplate {
  readonly title: string;
  readonly to: string;
  readonly body: string;
  readonly from: string;
  readonly clauseId: string;
}

/** The paper in the name of a unit, ready to be printed and stamped. */
export function paperOf({ title, to, body, from }: PaperTemplate, unitName: string) {
  const filled = (words: string): string => words.replaceAll('{单位}', unitName);
  return { title: filled(title), to: filled(to), body: filled(body), from: filled(from) };
}
