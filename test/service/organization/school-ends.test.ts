import { v7 as uuidv7 } from 'uuid';
import { SchoolArchivesSettled } from '#libs/contracts/events/archive-closure.ts';
import { EnrollmentRegistered, EnrollmentRejected } from '#libs/contracts/events/enrollment.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { archivesSettled } from '#services/organization/closure/end-closed.ts';
import { schoolRegistrations } from '#services/organization/registrations.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { registrarOperations } from './registrar-operations.ts';
import { schoolOperations, sequenceOf } from './school-operations.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation();
});
afterAll(() => network?.stop());

const { inPost, look, ask: askOfPost } = registrarOperations(() => network);
const { ask, done, newSchool, rows } = schoolOperations(() => network);

describe('a school that becomes another type', () => {
  test('goes on under a new code; the old one is closed and never given again', async () => {
    const old = await newSchool();
    const { school } = await done('xiaodian', 'changeSchoolType', {
      school: old.id,
      expectedVersion: 1,
      kind: 'JUNIOR',
    });
    expect(school).toMatchObject({ kind: 'JUNIOR', state: 'ACTIVE', version: 1, name: old.name });
    expect(school?.id.slice(0, 4)).toBe('3114');
    expect(await rows('select state, successor, version from school where code = $1', [old.id])).toEqual([
      { state: 'CLOSED', successor: school?.id, version: 2 },
    ]);
    const next = await newSchool();
    expect(sequenceOf(next.id)).toBeGreaterThan(sequenceOf(old.id));
  });

  test('of the same type stays as it is', async () => {
    const { id } = await newSchool();
    const answer = await ask('xiaodian', 'changeSchoolType', {
      school: id,
      expectedVersion: 1,
      kind: 'PRIMARY',
    });
    expect(answer.errors[0]?.extensions).toMatchObject({ problems: [{ code: 'TYPE_UNCHANGED' }] });
  });
});

const seenAs = ({ id, version }: { id: string; version: number }) => ({
  registrar: id,
  expectedVersion: version + 1,
});

describe('a school that is closed', () => {
  const registered = (school: string, enrollment: string) => ({
    type: EnrollmentRegistered.type,
    data: {
      ...{ person: uuidv7(), enrollment, school, place: 14_010_500_001, province: '140000' },
      ...{ stage: 'PRIMARY', entryYearAdj: 2025, lastGrade: 6, status: 'PENDING_APPROVAL' },
      channel: 'PRIMARY_GRADE_ONE',
      marks: {
        ...{ gender: 'MALE', documentType: 'RESIDENT_ID', boarder: false, leftBehind: false, migrant: false },
        ...{ residencePermit: false, disabled: false, ethnicGroup: 'HAN' },
      },
    },
  });
  const refused = (school: string, enrollment: string, final: boolean) => ({
    type: EnrollmentRejected.type,
    data: {
      ...{ person: uuidv7(), enrollment, school, place: 14_010_500_001, province: '140000', final },
      status: final ? 'REFUSED' : 'RETURNED_TO_SCHOOL',
    },
  });
  const hearSettled = (closure: string, school: string) =>
    hear(
      {
        type: SchoolArchivesSettled.type,
        data: { closure, school, place: 14_010_500_001, province: '140000', moved: 0 },
      },
      archivesSettled,
      'archive',
    );
  const hear = (
    { type, data }: { type: string; data: Record<string, unknown> },
    projection = schoolRegistrations,
    source = 'enrollment',
  ) =>
    asWorker(network.service('organization').core.worker, (tx) =>
      projection.apply(tx, [
        {
          specversion: '1.0',
          id: uuidv7(),
          source,
          type,
          time: network.clock.now(),
          subject: uuidv7(),
          dataschema: `urn:xueji:event:${type}:1`,
          datacontenttype: 'application/json',
          aggregateversion: 1,
          data,
        },
      ]),
    );
  const close = (school: string, who = 'xiaodian') =>
    done(who, 'closeSchool', { school, expectedVersion: 1, reason: '布局调整' });

  test(holds('ARC-14', 'without pupils ends, with the reason kept'), async () => {
    const { id } = await newSchool();
    expect((await close(id)).school).toMatchObject({ id, state: 'CLOSED', version: 2 });
    expect(
      await rows('select action, reason from change_record where aggregate_id = $1 and version = 2', [
        `school:${id}`,
      ]),
    ).toEqual([{ action: 'CLOSE', reason: '布局调整' }]);
    await network.settled();
    const again = await ask('xiaodian', 'renameSchool', { school: id, expectedVersion: 2, name: '新名' });
    expect(again.errors[0]?.extensions).toMatchObject({ problems: [{ code: 'SCHOOL_NOT_ACTIVE' }] });
  });

  test(
    holds('ACC-10', 'has nobody in post any more: their accounts are closed, their logins free'),
    async () => {
      const { id } = await newSchool();
      const registrar = await inPost({ school: id });
      await close(id);
      expect(await look('xiaodian', registrar.id)).toMatchObject({
        ...{ state: 'REPLACED', successor: null, allowedActions: [] },
      });
      const next = await newSchool();
      expect(await inPost({ school: next.id, subject: registrar.subject })).toMatchObject({
        state: 'ACTIVE',
      });
      expect(
        refusal(await askOfPost('xiaodian', 'suspendAccount', { ...seenAs(registrar), reason: '校已撤销' })),
      ).toBe('OUT_OF_JURISDICTION');
    },
  );

  test(
    breaks('ARC-14', 'while a pupil is registered there it stays, and ends by itself once nobody is left'),
    async () => {
      const { id } = await newSchool();
      const enrollment = uuidv7();
      await hear(registered(id, enrollment));
      const pending = [{ ruleId: 'ARC-14', outcome: 'WARN', code: 'CLOSURE_ARCHIVES_PENDING' }];
      expect(await close(id)).toMatchObject({ school: { state: 'ACTIVE', version: 1 }, findings: pending });
      const [closure] = await rows<{ closure_id: string }>(
        'select closure_id from school_closure where school = $1',
        [id],
      );
      await hearSettled(closure?.closure_id ?? '', id);
      const state = () => rows('select state from school where code = $1', [id]);
      await network.service('organization').atRest();
      expect(await state()).toEqual([{ state: 'ACTIVE' }]);
      await hear(refused(id, enrollment, false));
      await network.service('organization').atRest();
      expect(await state()).toEqual([{ state: 'ACTIVE' }]);
      await hear(refused(id, enrollment, true));
      await network.service('organization').atRest();
      expect(await state()).toEqual([{ state: 'CLOSED' }]);
      expect(
        await rows('select ended_at is not null as ended from school_closure where school = $1', [id]),
      ).toEqual([{ ended: true }]);
    },
  );

  test('needs a reason', async () => {
    const { id } = await newSchool();
    const answer = await ask('xiaodian', 'closeSchool', { school: id, expectedVersion: 1, reason: '  ' });
    expect(answer.errors[0]?.extensions).toMatchObject({ problems: [{ path: ['reason'] }] });
  });
});
