import { noSchool, noUnit, type Probe, sameAsNothing } from './probe.ts';
import { workplaceOf } from './truth.ts';

/** Figures of a month are told with their scope, to the unit itself and those above it; to others every unit is as none. */
const figuresOf =
  (query: string, fields: string): Probe =>
  async (probing) => {
    const { truth, asker, pick } = probing;
    const scope = pick.below(2) === 0 ? pick.of(truth.schools) : pick.of(truth.units);
    const isSchool = scope.length === 10;
    const send = (word: string) =>
      probing.ask('statistics', `query ($s: ID) { ${query}(month: "2026-01", scope: $s) { ${fields} } }`, {
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
  overdueSteps: board,
};
