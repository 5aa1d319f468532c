import fc from 'fast-check';
import { dataSchemaOf, type Envelope, type EventKind } from '#libs/contracts/envelope.ts';
import { EnrollmentRegistered, EnrollmentRejected } from '#libs/contracts/events/enrollment.ts';
import { GuardianLinked, GuardianUnlinked } from '#libs/contracts/events/identity.ts';
import { PromotionSet, SchoolSet, UnitsSet } from '#libs/contracts/events/organization.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { directoryProjection } from '#libs/platform/directory/projection.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { checksum } from '#libs/platform/events/rebuild.ts';
import { schoolRegistrations } from '#services/organization/registrations.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';

/** Projections write a run of events with few statements: what is left must be as if they came one at a time. */
const uuid = (nth: number) => `01900000-0000-7000-8000-${String(nth).padStart(12, '0')}`;
const at = '2026-09-01T09:00:00.000+08:00';

const envelope = (kind: EventKind, data: Record<string, unknown>): Envelope => ({
  specversion: '1.0',
  id: uuid(0),
  source: kind.source,
  type: kind.type,
  time: at,
  subject: 'subject',
  dataschema: dataSchemaOf(kind),
  datacontenttype: 'application/json',
  aggregateversion: 1,
  data,
});

const few = fc.integer({ min: 1, max: 3 });

const unit = fc.record({ nth: few, name: fc.constantFrom('甲', '乙') }).map(({ nth, name }) => ({
  code: `14010${nth}`,
  name,
  level: 'COUNTY',
  parent: '140100',
  province: '140000',
  lo: nth,
  hi: nth,
}));

const school = fc.record({ nth: few, name: fc.constantFrom('甲', '乙') }).map(({ nth, name }) => ({
  code: `211400000${nth}`,
  name,
  kind: 'PRIMARY',
  stages: [{ stage: 'PRIMARY', firstYear: 1, lastYear: 6 }],
  system: 'S63',
  ownership: 'PUBLIC',
  state: 'ACTIVE',
  authority: '140105',
  province: '140000',
  city: '140100',
  county: '140105',
  place: nth,
}));

const guardian = fc.record({ person: few, subject: few }).map(({ person, subject }) => ({
  person: uuid(person),
  province: '140000',
  place: 1,
  subject: `guardian-${subject}`,
}));

const directoryEvent = fc.oneof(
  fc.array(unit, { maxLength: 3 }).map((units) => envelope(UnitsSet, { units })),
  school.map((data) => envelope(SchoolSet, data)),
  few.map((nth) =>
    envelope(PromotionSet, { schoolYear: 2026, effectiveAt: `2026-08-1${nth}T00:00:00+08:00` }),
  ),
  guardian.map((data) => envelope(GuardianLinked, { ...data, from: at })),
  guardian.map((data) => envelope(GuardianUnlinked, { ...data, to: at })),
);

const placement = fc.record({ nth: few, at: few }).map(({ nth, at: where }) => ({
  person: uuid(nth),
  enrollment: uuid(100 + nth),
  school: `211400000${where}`,
  place: 1,
  province: '140000',
}));

const marks = {
  gender: 'MALE',
  documentType: 'RESIDENT_ID',
  boarder: false,
  leftBehind: false,
  migrant: false,
  residencePermit: false,
  disabled: false,
  ethnicGroup: 'HAN',
};

const registrationEvent = fc.oneof(
  placement.map((data) =>
    envelope(EnrollmentRegistered, {
      ...data,
      stage: 'PRIMARY',
      entryYearAdj: 2026,
      lastGrade: 6,
      status: 'PENDING_APPROVAL',
      channel: 'PRIMARY_GRADE_ONE',
      marks,
    }),
  ),
  fc
    .tuple(placement, fc.boolean())
    .map(([data, final]) => envelope(EnrollmentRejected, { ...data, status: 'REFUSED', final })),
);

describe('a run of events leaves what the same events leave one by one', () => {
  let network: TestNetwork;

  beforeAll(async () => {
    network = await startNetwork({ services: ['organization'] });
  });

  afterAll(() => network?.stop());

  const leftBy = async (projection: Projection, runs: readonly (readonly Envelope[])[]): Promise<string> => {
    const { worker } = network.service('organization').core;
    await reset(worker, projection);
    for (const run of runs) await asWorker(worker, (tx) => projection.apply(tx, run));
    return checksum(worker, projection);
  };

  test.each([
    ['in the directory', directoryProjection, directoryEvent],
    ['in the registrations of schools', schoolRegistrations, registrationEvent],
  ])('%s', async (_, projection, event) => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 12 }), async (events) => {
        const oneByOne = await leftBy(
          projection,
          events.map((each) => [each]),
        );
        expect(await leftBy(projection, [events])).toBe(oneByOne);
      }),
      { numRuns: 40 },
    );
  });
});
