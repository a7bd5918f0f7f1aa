import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Collapse, Flex, Form, Select, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ProcedureId } from '../../../domain/plan/plan.ts';
import type { UnitWord } from '../../../domain/plan/unit-word.ts';
import { read, writeOnce } from '../../api-client.ts';
import { useAttempt } from '../command/attempt.ts';
import { type EnvelopeFields, envelopeOf } from '../command/envelope.ts';
import { LateFields } from '../command/late-fields.tsx';
import { organisationOptions, useOrganisations } from '../organisation/organisation.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RefusedAlert } from '../refusal/refused-alert.tsx';
import { CountyField } from './county-field.tsx';
import {
  type HouseholdScope,
  type PackChoice,
  PROCEDURE_OPTIONS,
  scopeOptions,
  scopeQuery,
} from './household.ts';
import { HouseholdTable } from './household-table.tsx';
import { subjectsWords, unitOf } from './roster.ts';
import { VillageTable } from './village-table.tsx';

/** 户的现状 that a procedure usually lists; none where it lists villages or counties. */
const USUAL_SCOPE: Readonly<Record<ProcedureId, HouseholdScope | null>> = {
  'household-exit': { status: 'poor' },
  identification: { status: 'unregistered' },
  'return-to-poverty': { status: 'exited' },
  'monitored-household': { status: 'exited' },
  'risk-elimination': { monitoring: 'standing' },
  'elimination-rollback': { monitoring: 'eliminated' },
  'monitoring-clearance': { monitoring: 'standing' },
  'village-exit': null,
  'function-opening': null,
  'clear-household': { status: 'poor' },
  'prior-years-rollback': { status: 'exited' },
  'stable-exit-rollback': { status: 'stably-exited' },
  'clear-person': { status: 'poor' },
  'supplement-person': { status: 'poor' },
  'adjust-new-household': { status: 'poor' },
  'natural-change': { status: 'poor' },
};

/** The query of those whom a procedure usually lists; null where they are no households. */
function usualQuery(procedure: ProcedureId): string | null {
  const scope = USUAL_SCOPE[procedure];
  return scope === null ? null : scopeQuery(scope);
}

/** 谁的名单: levels whose organisations list households, villages or counties. */
const LISTING_LEVELS: Readonly<Record<UnitWord, readonly string[]>> = {
  户: ['village'],
  村: ['township'],
  县: ['city', 'county'],
};

/** What the unit's field is called. */
const UNIT_LABELS: Readonly<Record<UnitWord, string>> = { 户: '村', 村: '乡镇', 县: '申请单位' };

function usePacks() {
  return useQuery({
    queryKey: ['packs'],
    queryFn: () => read<{ readonly items: readonly PackChoice[] }>('/packs'),
    staleTime: 300_000,
  });
}

function useLaunch() {
  const { problem, busy, attempt } = useAttempt();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const launch = (wish: unknown): Promise<void> =>
    attempt(async () => {
      const { id } = await writeOnce<{ readonly id: string }>('/rosters', wish);
      await queries.invalidateQueries();
      await navigate(`/rosters/${id}`);
    });
  return { problem, busy, launch };
}

/** What the list is to be made under: a procedure, its unit, the pack that fits both. */
function useLaunchChoice() {
  const organisations = useOrganisations();
  const packs = usePacks();
  const [procedure, setProcedure] = useState<ProcedureId>('household-exit');
  const [packId, setPackId] = useState<string | null>(null);
  const [chosenUnit, setUnit] = useState('');
  const items = organisations.data?.items ?? [];
  const units = LISTING_LEVELS[unitOf(procedure)].flatMap((level) =>
    organisationOptions(items, level),
  );
  const unit = chosenUnit || (units.length === 1 ? (units[0]?.value ?? '') : '');
  const fitting = (packs.data?.items ?? []).filter(
    (pack) =>
      pack.procedures.includes(procedure) && (unit === '' || unit.startsWith(pack.areaCode)),
  );
  const pack = fitting.find(({ id }) => id === packId)?.id ?? fitting[0]?.id ?? null;
  const choose = (next: ProcedureId): void => {
    setProcedure(next);
    if (unitOf(next) !== unitOf(procedure)) setUnit('');
  };
  const error = organisations.error ?? packs.error;
  return { procedure, choose, units, unit, setUnit, fitting, pack, setPackId, error };
}

interface ChoiceFieldsProps {
  readonly choice: ReturnType<typeof useLaunchChoice>;
  /** 户的现状 as a query; null for a list of villages or counties. */
  readonly scope: string | null;
  readonly onScope: (scope: string) => void;
  /** Another procedure or unit: what was chosen of the old one is gone. */
  readonly onChange: (procedure: ProcedureId) => void;
}

function ChoiceFields({ choice, scope, onScope, onChange }: ChoiceFieldsProps): ReactElement {
  const { procedure, choose, units, unit, setUnit, fitting, pack, setPackId } = choice;
  const usual = USUAL_SCOPE[procedure];
  const change = (next: ProcedureId): void => {
    choose(next);
    onChange(next);
  };
  return (
    <Form layout="vertical">
      <Form.Item label="程序" htmlFor="procedure">
        <Select<ProcedureId>
          id="procedure"
          value={procedure}
          onChange={change}
          options={PROCEDURE_OPTIONS}
          // Few enough to be there all at once, also for who reads the page by other means than eyes.
          virtual={false}
        />
      </Form.Item>
      <Form.Item label={UNIT_LABELS[unitOf(procedure)]} htmlFor="unit">
        <Select
          id="unit"
          showSearch={{ optionFilterProp: 'label' }}
          value={unit || null}
          onChange={(next) => {
            setUnit(next);
            onChange(procedure);
          }}
          options={units}
        />
      </Form.Item>
      <Form.Item label="适用规则" htmlFor="pack">
        <Select
          id="pack"
          value={pack}
          onChange={setPackId}
          options={fitting.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </Form.Item>
      {usual !== null && (
        <Form.Item label="户的现状" htmlFor="status">
          <Select id="status" value={scope} onChange={onScope} options={scopeOptions(usual)} />
        </Form.Item>
      )}
    </Form>
  );
}

/** 补登 of a list that was opened on paper. */
interface LateValues {
  readonly envelope?: EnvelopeFields;
}

/** How the API is told whom the list is of. */
const SUBJECT_KEYS: Readonly<Record<UnitWord, string>> = {
  户: 'householdIds',
  村: 'villageCodes',
  县: 'countyCodes',
};

interface SubjectChoiceProps {
  readonly procedure: ProcedureId;
  readonly unit: string;
  readonly scope: string | null;
  readonly chosen: readonly string[];
  readonly onChoose: (subjects: readonly string[]) => void;
}

function SubjectChoice({
  procedure,
  unit,
  scope,
  chosen,
  onChoose,
}: SubjectChoiceProps): ReactElement {
  const counted = unitOf(procedure);
  if (counted === '县') return <CountyField unit={unit} chosen={chosen} onChoose={onChoose} />;
  if (scope === null) {
    return <VillageTable township={unit} chosen={chosen} onChoose={onChoose} />;
  }
  return <HouseholdTable village={unit} scope={scope} chosen={chosen} onChoose={onChoose} />;
}

/** 发起名单: a village's households, a township's villages or a city's counties, under a pack and a procedure. */
export function LaunchPage(): ReactElement {
  const choice = useLaunchChoice();
  const { procedure, unit, pack } = choice;
  const [scope, setScope] = useState(usualQuery(procedure));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { problem, busy, launch } = useLaunch();
  const [late] = Form.useForm<LateValues>();
  const start = ({ envelope = {} }: LateValues): Promise<void> => {
    const named = SUBJECT_KEYS[unitOf(procedure)];
    const opened = envelopeOf(envelope).late;
    const asked = { procedure, packId: pack, unitCode: unit, [named]: chosen };
    return launch(opened === undefined ? asked : { ...asked, late: opened });
  };
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>发起名单</Typography.Title>
      <ProblemAlert error={choice.error} />
      <ChoiceFields
        choice={choice}
        scope={scope}
        onScope={setScope}
        onChange={(next) => {
          if (next !== procedure) setScope(usualQuery(next));
          setChosen([]);
        }}
      />
      <SubjectChoice
        procedure={procedure}
        unit={unit}
        scope={scope}
        chosen={chosen}
        onChoose={setChosen}
      />
      <Form<LateValues> form={late} layout="vertical" onFinish={(values) => void start(values)}>
        <Collapse
          size="small"
          items={[
            {
              key: 'late',
              label: '补登：名单在纸上早已建立的',
              forceRender: true,
              children: <LateFields what="建立名单" />,
            },
          ]}
        />
      </Form>
      {problem !== null && <RefusedAlert problem={problem} type="error" />}
      <Button
        type="primary"
        loading={busy}
        disabled={pack === null || chosen.length === 0}
        onClick={() => late.submit()}
      >
        发起（{subjectsWords([], chosen.length, unitOf(procedure))}）
      </Button>
    </Flex>
  );
}
