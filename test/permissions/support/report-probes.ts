import { randomUUID } from 'node:crypto';
import { isGranted } from '#libs/platform/permissions/table.ts';
import { noSchool, noUnit, nowhere, type Probe, sameAsNothing } from './probe.ts';
import { workplaceOf } from './truth.ts';

/** Figures of a month are told with their scope, to the unit itself and those above it; to others every unit is as none. */
const figuresOf =
  (query: string, fields: string, when = 'month: "2026-01"'): Probe =>
  async (probing) => {
    const { truth, asker, pick } = probing;
    const scope = pick.below(2) === 0 ? pick.of(truth.schools) : pick.of(truth.units);
    const isSchool = scope.length === 10;
    const send = (word: string) =>
      probing.ask('statistics', `query ($s: ID) { ${query}(${when}, scope: $s) { ${fields} } }`, {
        s: word,
      });
    const { actor } = asker;
    const line = isSchool ? truth.lineOf(scope) : truth.lineOfUnit(scope);
    const own = actor && workplaceOf(truth, actor);
    const { codes } = await send(scope);
    if (codes.length === 0) {
      if (!actor?.scopes.has('statistics:read')) probing.leak(`${query} told without its scope`);
      if (!own || !line.includes(own)) probing.leak(`${query} of ${scope} told to ${own}`);
      return;
    }
    if (own && line.includes(own)) return;
    await sameAsNothing(probing, query, send, scope, isSchool ? noSchool : noUnit);
  };

/** A school's check of a term is told to the school and its registry authority, to nobody else. */
const termCheck: Probe = async (probing) => {
  const { truth, asker, pick } = probing;
  const school = pick.of(truth.schools);
  const send = (word: string) =>
    probing.ask(
      'statistics',
      `query ($s: ID) { termCheck(school: $s, schoolYear: 2025, term: 1) { state left { problems } } }`,
      { s: word },
    );
  const own = asker.actor && workplaceOf(truth, asker.actor);
  const { codes } = await send(school);
  if (codes.length === 0) {
    if (!asker.actor?.scopes.has('statistics:read')) probing.leak('termCheck told without its scope');
    if (!own || !truth.lineOf(school).includes(own)) probing.leak(`termCheck of ${school} told to ${own}`);
    return;
  }
  if (own && truth.lineOf(school).includes(own)) return;
  await sameAsNothing(probing, 'termCheck', send, school, noSchool);
};

/** Of pupils who are nobody's a check of a term tells nothing, to whomever. */
const confirming: Probe = async (probing) => {
  const { codes, text } = await probing.ask(
    'statistics',
    'mutation ($input: ConfirmTermCheckInput!) { confirmTermCheck(input: $input) { check { state } } }',
    {
      input: {
        ...{ idempotencyKey: randomUUID(), schoolYear: 2025, term: 1, note: '已核对', withoutRecord: 0 },
        faults: [{ student: nowhere(), kind: 'RECORD_WITHOUT_PERSON' }],
      },
    },
  );
  const { actor } = probing.asker;
  if (codes.length === 0 && (actor === null || !isGranted(actor, 'term-check.confirm')))
    probing.leak(`confirmTermCheck was not refused: ${text.slice(0, 160)}`);
};

/** The steps on the board name cases: they are told to whom the report and the cases are, and to nobody else. */
const board: Probe = async (probing) => {
  const { codes, data } = await probing.ask(
    'statistics',
    '{ timelinessReport(month: "2026-01") { overdueSteps { edges { node { transfer } } } } }',
  );
  const { actor } = probing.asker;
  const told = (data?.timelinessReport as { overdueSteps: unknown } | null | undefined)?.overdueSteps;
  if (!told) {
    if (codes.length === 0) probing.leak('overdueSteps: neither told nor refused');
    return;
  }
  if (!actor?.scopes.has('student:read')) probing.leak('overdueSteps told without the scope of cases');
  if (actor?.level === 'MINISTRY') probing.leak('overdueSteps told to the ministry');
};

export const reportProbes: Readonly<Record<string, Probe>> = {
  timelinessReport: figuresOf('timelinessReport', 'total { overdue } namedUnits { edges { node { unit } } }'),
  ticketStatistics: figuresOf(
    'ticketStatistics',
    'total { overdue } levels { level overdue } rows { unit overdue }',
  ),
  termChecks: figuresOf('termChecks', 'total { open } rows { unit missing }', 'schoolYear: 2025, term: 1'),
  accountUse: figuresOf('accountUse', 'total { weeksMissed } rows { unit }'),
  dropoutStatistics: figuresOf(
    'dropoutStatistics',
    'total { marked } rows { unit opened }',
    'schoolYear: 2025, term: 1',
  ),
  monitor: figuresOf('monitor', 'total { quantities { count } } rows { unit }', 'on: "2026-01-31"'),
  termCheck,
  confirmTermCheck: confirming,
  overdueSteps: board,
};
