import { Typography } from 'antd';
import type { ReactElement } from 'react';
import type { ShownRefusal } from '../../api-client.ts';
import { instantWords } from '../clock/instant-words.ts';

interface RefusalListProps {
  readonly refusals: readonly ShownRefusal[];
  readonly nameOf?: (caseId: string) => string;
}

/** Households named in one refusal; the others are a number. */
const NAMES_MAX = 8;

function namesOf(caseIds: readonly string[], nameOf: (caseId: string) => string): string {
  const names = caseIds.slice(0, NAMES_MAX).map(nameOf).join('、');
  return caseIds.length > NAMES_MAX ? `${names}等${caseIds.length}件` : names;
}

/** The clause with its words, said once where refusals that stand together share it. */
function clauseWords({ clause, quote }: ShownRefusal, before: ShownRefusal | undefined): string {
  if (before?.clause === clause && before?.quote === quote) return '同上';
  return quote === null ? String(clause) : `${clause}：“${quote}”`;
}

function factsOf(
  refusal: ShownRefusal,
  before: ShownRefusal | undefined,
  nameOf: RefusalListProps['nameOf'],
) {
  const { cases, missing, whoClears, earliestAt, clause } = refusal;
  const facts: (readonly [string, string])[] = [];
  if (cases.length > 0 && nameOf !== undefined) facts.push(['涉及', namesOf(cases, nameOf)]);
  if (missing.length > 0) facts.push(['还缺', missing.join('、')]);
  if (whoClears !== null) facts.push(['由谁解决', whoClears]);
  if (earliestAt !== null) facts.push(['最早可办', instantWords(earliestAt)]);
  if (clause !== null) facts.push(['依据', clauseWords(refusal, before)]);
  return facts;
}

/** 不予办理的理由: what is wrong, what is missing, who clears it, from when on, under which clause. */
export function RefusalList({ refusals, nameOf }: RefusalListProps): ReactElement {
  return (
    <ul className="refusals">
      {refusals.map((refusal, index) => (
        <li key={`${refusal.code}${refusal.words}`}>
          <Typography.Text strong>{refusal.words}</Typography.Text>
          <dl>
            {factsOf(refusal, refusals[index - 1], nameOf).map(([term, words]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
