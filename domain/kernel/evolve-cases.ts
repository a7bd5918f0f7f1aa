/** What events do to the cases of a list. */
import type { EventBody, RegistryAnswer, RosterEvent } from './event.ts';
import type { Block, CaseComparison, CaseState, ComparisonMark, RosterState } from './state.ts';

type Of<T extends EventBody['type']> = Extract<EventBody, { type: T }>;

/** Folds an event into the cases it names. */
export function evolveCases(state: RosterState, event: RosterEvent): RosterState {
  const { body } = event;
  switch (body.type) {
    case 'case-done':
      return markDone(state, body);
    case 'case-blocked': {
      const block = { code: body.code, words: body.words, since: event.at, ref: body.ref };
      return onCases(state, body.caseIds, (item) => addBlock(item, block));
    }
    case 'case-unblocked':
      return onCases(state, body.caseIds, (item) => removeBlock(item, body.code, body.ref));
    case 'case-refused':
      return onCases(state, body.caseIds, (item) => end(item, 'refused', body.code));
    case 'case-withdrawn':
      return onCases(state, body.caseIds, (item) => end(item, 'withdrawn', 'withdrawn'));
    case 'case-diverted':
      return onCases(state, [body.caseId], (item) => ({
        ...end(item, 'diverted', 'diverted'),
        formHash: body.formHash,
      }));
    case 'cases-split-off':
      return onCases(state, body.caseIds, (item) => ({ ...item, status: 'split-off' }));
    case 'acceptance-attempted':
      return onCases(state, [body.caseId], (item) => ({
        ...item,
        accepted: { ...item.accepted, [body.party]: body.accepted },
      }));
    case 'comparison-requested':
      return { ...state, comparisonAsked: event.at };
    case 'comparison-received':
      return receive(state, body);
    case 'hit-explained':
      return mark(state, body.caseId, body.departmentIndex, 'explained');
    case 'explanation-judged':
      return mark(state, body.caseId, body.departmentIndex, body.mark);
    case 'certified':
      return certify(state, body);
    case 'functions-opened':
      return onCases(state, body.caseIds, (item) => ({
        ...item,
        status: 'closed',
        outcome: 'functions-opened',
      }));
    case 'registration-sent':
      return sendRegistration(state, body);
    case 'registration-answered':
      return answerRegistration(state, body);
    case 'inspected': {
      const problems = new Map(body.findings.map((finding) => [finding.caseId, finding]));
      return onCases(state, [...problems.keys()], (item) => ({
        ...item,
        finding:
          problems.get(item.id)?.problem === true ? (problems.get(item.id)?.words ?? '') : null,
      }));
    }
    default:
      return state;
  }
}

function onCases(
  state: RosterState,
  caseIds: readonly string[],
  change: (item: CaseState) => CaseState,
): RosterState {
  const named = new Set(caseIds);
  return { ...state, cases: state.cases.map((item) => (named.has(item.id) ? change(item) : item)) };
}

function markDone(state: RosterState, body: Of<'case-done'>): RosterState {
  const forms = new Map(body.caseIds.map((id, index) => [id, body.forms[index] ?? null]));
  return onCases(state, body.caseIds, (item) => ({
    ...item,
    done: true,
    formHash: forms.get(item.id) ?? item.formHash,
  }));
}

function addBlock(item: CaseState, block: Block): CaseState {
  return { ...item, status: 'blocked', blocks: [...item.blocks, block] };
}

function removeBlock(item: CaseState, code: string, ref: string | null): CaseState {
  const blocks = item.blocks.filter((block) => block.code !== code || block.ref !== ref);
  const status = item.status === 'blocked' && blocks.length === 0 ? 'on-list' : item.status;
  return { ...item, status, blocks };
}

function end(
  item: CaseState,
  status: 'refused' | 'withdrawn' | 'diverted',
  outcome: string,
): CaseState {
  return { ...item, status, outcome, blocks: [] };
}

function receive(state: RosterState, body: Of<'comparison-received'>): RosterState {
  const hits = new Map(body.results.map((result) => [result.caseId, result.hit]));
  return onCases(state, [...hits.keys()], (item) => {
    const before = item.comparison ?? waiting(body.departmentCount);
    const marks = before.marks.with(
      body.departmentIndex,
      hits.get(item.id) === true ? 'hit' : 'clear',
    );
    const ends = before.ends.with(body.departmentIndex, body.validUntil);
    return { ...item, comparison: { marks, ends } };
  });
}

function certify(state: RosterState, { opinions }: Of<'certified'>): RosterState {
  const caseIds = opinions.map(({ caseId }) => caseId);
  return onCases(state, caseIds, (item) => {
    const own = opinions.filter(({ caseId }) => caseId === item.id);
    const said = Object.fromEntries(own.map(({ indicator, passed }) => [indicator, passed]));
    return { ...item, certified: { ...item.certified, ...said } };
  });
}

function waiting(departmentCount: number): CaseComparison {
  return {
    marks: Array.from({ length: departmentCount }, (): ComparisonMark => 'waiting'),
    ends: Array.from({ length: departmentCount }, () => null),
  };
}

function mark(state: RosterState, caseId: string, index: number, to: ComparisonMark): RosterState {
  return onCases(state, [caseId], (item) =>
    item.comparison === null
      ? item
      : {
          ...item,
          comparison: { ...item.comparison, marks: item.comparison.marks.with(index, to) },
        },
  );
}

function sendRegistration(state: RosterState, body: Of<'registration-sent'>): RosterState {
  const caseIds = body.entries.map((entry) => entry.caseId);
  const sent = onCases(state, caseIds, (item) => ({
    ...item,
    registration: { effectId: body.effectId, state: 'sent', registryNo: null },
  }));
  return { ...sent, effects: [...sent.effects, { id: body.effectId, caseIds, settled: false }] };
}

function answerRegistration(state: RosterState, body: Of<'registration-answered'>): RosterState {
  const answers = new Map(body.answers.map((answer) => [answer.caseId, answer]));
  const answered = onCases(state, [...answers.keys()], (item) => {
    const answer = answers.get(item.id);
    return answer === undefined ? item : withAnswer(item, body.effectId, body.outcome, answer);
  });
  const effects = answered.effects.map((effect) =>
    effect.id === body.effectId ? { ...effect, settled: true } : effect,
  );
  return { ...answered, effects };
}

function withAnswer(
  item: CaseState,
  effectId: string,
  outcome: string,
  answer: RegistryAnswer,
): CaseState {
  if (answer.result === 'refused') {
    return { ...item, registration: { effectId, state: 'refused', registryNo: null } };
  }
  const registration = { effectId, state: 'accepted' as const, registryNo: answer.registryNo };
  return { ...item, status: 'closed', outcome, blocks: [], registration };
}
