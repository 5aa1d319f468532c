import { v7 as uuidv7 } from 'uuid';
import { EnrollmentHandedOver, EnrollmentRegistered } from '#libs/contracts/events/enrollment.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { holds } from '#test/support/rules.ts';
import { certificateDeskOf } from './certificate-desk.ts';

describe('what certificates know of the time at a school', () => {
  let registry: Registry;
  let senior: SchoolFact;

  beforeAll(async () => {
    registry = await startRegistry({ certificates: true, start: '2026-07-06T09:00:00+08:00' });
    senior = await certificateDeskOf(registry).schoolWith('SENIOR');
  });
  afterAll(() => registry?.stop());

  const marks = {
    ...{ gender: 'FEMALE', documentType: 'RESIDENT_ID', boarder: false, leftBehind: false, migrant: false },
    ...{ residencePermit: false, disabled: false, ethnicGroup: 'HAN' },
  } as const;
  /** From when the record has somebody at the school whom this event brought there. */
  const joinedBy = async (
    kind: typeof EnrollmentRegistered | typeof EnrollmentHandedOver,
    time: string,
    more: object,
  ): Promise<string | null | undefined> => {
    const { core, projections } = registry.network.service('certificate');
    const person = uuidv7();
    const data = {
      ...{
        person,
        enrollment: uuidv7(),
        school: senior.code,
        place: senior.place,
        province: senior.province,
      },
      ...{ stage: 'SENIOR', entryYearAdj: 2023, lastGrade: 3, marks, status: 'IN_SCHOOL', ...more },
    };
    const event = {
      ...{ specversion: '1.0' as const, id: uuidv7(), source: 'enrollment', type: kind.type, time, data },
      ...{ subject: person, aggregateversion: 1, datacontenttype: 'application/json' as const },
      dataschema: `urn:xueji:event:${kind.type}:1`,
    };
    const studies = projections.find(({ name }) => name === 'certificate-studies');
    await asWorker(core.worker, async (tx) => studies?.apply(tx, [event]));
    const [row] = await asWorker(core.worker, (tx) =>
      query<{ joined: string | null }>(
        tx,
        'select joined_on::text as joined from study where person_id = $1',
        [person],
      ),
    );
    return row?.joined;
  };

  test(
    holds(
      'CRT-12',
      'forms say since when: with the class in September, by transfer from the month of coming',
    ),
    async () => {
      const from = {
        enrollment: uuidv7(),
        school: senior.code,
        place: senior.place,
        province: senior.province,
      };
      const cameAt = '2025-03-10T10:00:00+08:00';
      expect(await joinedBy(EnrollmentHandedOver, cameAt, { reason: 'TRANSFER', from })).toBe('2025-03-10');
      const wentOn = '2023-08-25T10:00:00+08:00';
      expect(await joinedBy(EnrollmentHandedOver, wentOn, { reason: 'GOING_ON', from })).toBe('2023-09-01');
      const entered = '2023-10-12T10:00:00+08:00';
      const channel = 'OVERSEAS';
      expect(await joinedBy(EnrollmentRegistered, entered, { channel })).toBe('2023-09-01');
      const handedOver = { channel: 'PREVIOUS_RECORD_TRANSFER' };
      expect(await joinedBy(EnrollmentRegistered, cameAt, handedOver)).toBeNull();
    },
  );
});
