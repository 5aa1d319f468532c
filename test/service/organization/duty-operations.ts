import { v7 as uuidv7 } from 'uuid';
import { demoIdentities, SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { schoolTransfers } from '#services/organization/duty/school-transfers.ts';
import type { Answer } from '#test/support/network.ts';
import { SCHOOLS, type Situation } from './situation.ts';

/** Terms of Shanxi in the demo nation, by their last day. A clock only goes on: each border is one test's. */
export const TERM = {
  closing20250110: { schoolYear: 2024, term: 1 },
  closing20250704: { schoolYear: 2024, term: 2 },
  closing20260130: { schoolYear: 2025, term: 1 },
  closing20260703: { schoolYear: 2025, term: 2 },
  closing20270115: { schoolYear: 2026, term: 1 },
} as const;

const schoolNamed = (name: string): string => {
  const found = SCHOOLS.find((school) => school.name === name);
  if (found === undefined) throw new Error(`The demo nation has no ${name}`);
  return found.code;
};
/** Schools run by the province, in Xiaodian; by the city, in Yingze and in Xinghualing. */
export const provincial = schoolNamed('山西省知行实验高级中学');
export const municipal = schoolNamed('太原市明德实验中学');
export const special = schoolNamed('太原市晨星特殊教育学校');

type Duty = {
  kind: string;
  county: { code: string };
  school: { id: string } | null;
  dueOn: string | null;
  doneAt: string | null;
  note: string | null;
  transferredIn: number | null;
  recordedIn: number | null;
  recordedOut: number | null;
  findings: { ruleId: string; outcome: string; code: string }[];
  allowedActions: string[];
};
export type Page = { edges: { cursor: string; node: Duty }[]; pageInfo: { hasNextPage: boolean } };
type Payload = { duty: Duty | null; findings: Duty['findings'] };
const fields = `kind county { code } school { id } dueOn doneAt note transferredIn transferredOut recordedIn recordedOut
  doneBy { name } findings { ruleId outcome code } allowedActions`;

const answered = <Data>({ data, errors }: Answer<Data>): Data => {
  expect(errors).toEqual([]);
  if (!data) throw new Error('no data came back');
  return data;
};
/** Code of the county or school whose duty it is. */
export const ownerOf = ({ school, county }: Duty): string => school?.id ?? county.code;

export const check = (term: object, note = '抽查变动材料，未发现问题') => ({ ...term, note });
export const notice = (term: object, changes = {}) => ({
  ...{ ...term, transferredIn: 2, transferredOut: 1, note: '本学期转入2人、转出1人' },
  ...changes,
});
export const problems = (answer: Answer<unknown>) => answer.errors[0]?.extensions.problems;

/** Operations on the duties of a term in a situation; `network` is asked each time, so that it may start later. */
export const dutyOperations = (network: () => Situation) => {
  const lastMomentOf = (day: string) => network().clock.moveTo(`${day}T23:59:59+08:00`);
  const beginningOf = (day: string) => network().clock.moveTo(`${day}T00:00:00+08:00`);

  /** Somebody of the demo nation by short name, the head of a school or a county’s head by code. */
  const as = async <Data>(who: string, text: string, variables: Record<string, unknown>) => {
    if (demoIdentities().some(({ name }) => name === who)) return network().as<Data>(who, text, variables);
    const isSchool = who.length === 10;
    const token = await network().tokenFor({
      ...{ sub: `head-${who}`, name: '负责人', roles: ['DECISION_MAKER'], acr: TWO_FACTORS },
      ...(isSchool ? { level: 'SCHOOL', school: who } : { level: 'COUNTY', unit: who }),
      scope: [SCOPES.organization, SCOPES.decide].join(' '),
    });
    return network().graphql<Data>('organization', token, text, variables);
  };
  const ask = (who: string, mutation: string, input: Record<string, unknown>) =>
    as<{ payload: Payload }>(
      who,
      `mutation ($input: ${mutation === 'notifyCounty' ? 'NotifyCountyInput' : 'RecordCountyCheckInput'}!) {
         payload: ${mutation}(input: $input) { duty { ${fields} } findings { ruleId outcome code } } }`,
      { input: { idempotencyKey: uuidv7(), ...input } },
    );
  const done = async (...args: Parameters<typeof ask>): Promise<Payload> =>
    answered(await ask(...args)).payload;

  const page = (who: string, unit: string, term: object, rest: Record<string, unknown> = {}) =>
    as<{ termDuties: Page }>(
      who,
      `query ($unit: ID!, $schoolYear: SchoolYear!, $term: Int!, $filter: TermDutyFilter, $first: Int, $after: String) {
         termDuties(unit: $unit, schoolYear: $schoolYear, term: $term, filter: $filter, first: $first, after: $after) {
           edges { cursor node { ${fields} } } pageInfo { hasNextPage } } }`,
      { unit, first: 200, ...term, ...rest },
    );
  const pageOf = async (...args: Parameters<typeof page>): Promise<Page> =>
    answered(await page(...args)).termDuties;
  const list = async (...args: Parameters<typeof page>): Promise<Duty[]> =>
    (await pageOf(...args)).edges.map(({ node }) => node);
  const owners = async (...args: Parameters<typeof page>) => (await list(...args)).map(ownerOf);
  const duty = async (who: string, unit: string, term: object, owner = unit): Promise<Duty | undefined> =>
    (await list(who, unit, term)).find((each) => ownerOf(each) === owner);

  /** Enrollment tells that a pupil was handed over from one school to another. */
  const handedOver = (from: string, to: string, on: string, reason = 'TRANSFER') =>
    asWorker(network().service('organization').core.worker, (tx) =>
      schoolTransfers.apply(tx, [
        {
          ...{ specversion: '1.0', id: uuidv7(), source: 'enrollment', type: EnrollmentHandedOver.type },
          ...{ time: `${on}T10:00:00+08:00`, subject: uuidv7(), aggregateversion: 1 },
          dataschema: `urn:xueji:event:${EnrollmentHandedOver.type}:1`,
          datacontenttype: 'application/json',
          data: {
            ...{
              person: uuidv7(),
              enrollment: uuidv7(),
              school: to,
              place: 14_000_000_001,
              province: '140000',
            },
            ...{ stage: 'SENIOR', entryYearAdj: 2025, lastGrade: 12, status: 'IN_SCHOOL', reason },
            channel: 'PREVIOUS_RECORD_TRANSFER',
            marks: {
              ...{ gender: 'MALE', documentType: 'RESIDENT_ID', boarder: false, leftBehind: false },
              ...{ migrant: false, residencePermit: false, disabled: false, ethnicGroup: 'HAN' },
            },
            from: { enrollment: uuidv7(), school: from, place: 14_010_500_001, province: '140000' },
          },
        },
      ]),
    );

  const told = (owner: string) =>
    asWorker(network().service('organization').core.worker, (tx) =>
      query(tx, `select type, version from event_log where aggregate_id like 'term-duty:' || $1 || ':%'`, [
        owner,
      ]),
    );

  return { lastMomentOf, beginningOf, ask, done, page, pageOf, list, owners, duty, handedOver, told };
};
