import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  COUNTIES,
  type CountyName,
  DAYS,
  documented,
  NATIONWIDE,
  PARAMETERS_OF_THE_DAYS,
  TEXTS_NOT_AT_HAND,
} from './law/parameters-of-the-days.ts';

type Basis = { document: string; article: string; layer: string };
type Finding = { ruleId: string; outcome: string; code: string; message: string };
type Parameter = {
  id: string;
  value: unknown;
  basis: Basis[];
  target: { value: unknown; basis: Basis[] } | null;
  findings: Finding[];
};

const NAMES = Object.keys(COUNTIES) as CountyName[];
const basis = 'basis { document article layer }';
const findings = 'findings { ruleId outcome code message }';

/** What a county asks for a day of the past, of today or to come is answered by the texts of that day. */
describe('the law of a day in each county', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry?.stop());

  const ask = async (county: CountyName, on: string): Promise<Parameter[]> => {
    const { data, errors } = await registry.ask<{ lawParameters: Parameter[] }>(
      null,
      `query ($region: ID!, $on: Date, $ids: [ID!]) { lawParameters(region: $region, stage: PRIMARY, on: $on, ids: $ids) {
        id value ${basis} target { value ${basis} } ${findings} } }`,
      { region: COUNTIES[county], on, ids: Object.keys(PARAMETERS_OF_THE_DAYS) },
    );
    expect(errors).toEqual([]);
    return data?.lawParameters ?? [];
  };
  const cases = NAMES.flatMap((county) => DAYS.map((on, at) => ({ county, on, at })));

  test.each(cases)(
    holds('ORG-25', 'in $county on $on is what the texts of that day say, with document and article'),
    async ({ county, on, at }) => {
      const answered = await ask(county, on);
      expect(
        answered.map(({ id, value, basis: bases, target }) => ({ id, value, basis: bases, target })),
      ).toEqual(
        Object.entries(PARAMETERS_OF_THE_DAYS).map(([id, days]) => {
          const told = days[county][at];
          if (told === undefined) throw new Error(`Nothing is expected of ${id}`);
          const target = told.target && { value: told.target.value, basis: documented(told.target.basis) };
          return { id, value: told.value, basis: documented(told.basis), target: target ?? null };
        }),
      );
    },
  );

  test.each(cases)(
    breaks('ORG-27', 'in $county on $on warns of each text that binds and is not at hand, by its name'),
    async ({ county, on, at }) => {
      const missing = TEXTS_NOT_AT_HAND[county][at] ?? null;
      for (const { id, findings: found } of await ask(county, on)) {
        const unanswered = PARAMETERS_OF_THE_DAYS[id]?.[county][at]?.unanswered === true;
        expect(found).toEqual([
          ...(missing === null || NATIONWIDE.has(id)
            ? []
            : [
                expect.objectContaining({
                  ...{ ruleId: 'ORG-27', outcome: 'WARN', code: 'LAYER_TEXT_UNKNOWN' },
                  message: expect.stringContaining(missing),
                }),
              ]),
          ...(unanswered
            ? [expect.objectContaining({ ruleId: 'ORG-27', outcome: 'REJECT', code: 'POLICY_UNRESOLVED' })]
            : []),
        ]);
      }
    },
  );

  test('before 1 September 2013 no text answers; an unknown region or parameter is refused', async () => {
    const query = `query ($region: ID!, $on: Date, $ids: [ID!]) {
      lawParameters(region: $region, stage: PRIMARY, on: $on, ids: $ids) { id value findings { outcome code } } }`;
    const ids = ['deathCancelWithin'];
    const early = await registry.ask(null, query, { region: COUNTIES.shanxi, on: '2013-08-31', ids });
    expect(early.data?.lawParameters).toEqual([
      {
        ...{ id: 'deathCancelWithin', value: null },
        findings: [{ outcome: 'REJECT', code: 'POLICY_NOT_IN_FORCE' }],
      },
    ]);
    for (const wrong of [
      { region: '999999', ids },
      { region: COUNTIES.shanxi, ids: ['noSuchThing'] },
    ]) {
      const { errors } = await registry.ask(null, query, wrong);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
  });

  test('without names every parameter of the table is told, each with its articles', async () => {
    const { data } = await registry.ask<{ lawParameters: Parameter[] }>(
      null,
      `{ lawParameters(region: "${COUNTIES.shanxi}", stage: SENIOR, on: "2026-09-01") {
        id value ${basis} ${findings} } }`,
    );
    expect(data?.lawParameters.length).toBeGreaterThan(40);
    const unanswered = (each: Parameter) => each.findings.some(({ outcome }) => outcome === 'REJECT');
    for (const each of data?.lawParameters ?? [])
      expect({ id: each.id, told: each.basis.length > 0 || unanswered(each) }).toEqual({
        id: each.id,
        told: true,
      });
  });
});
