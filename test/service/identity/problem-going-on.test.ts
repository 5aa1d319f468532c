import { schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type IdentityDesk, identityDeskOf, school } from './identity-desk.ts';

/** Problem records stop nothing, and go on with the child (ENR-29, ENR-31, ENR-32, ID-06). */
describe('a problem record of a child that goes on', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let junior: string;
  const students: string[] = [];

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
    junior = await desk.juniorSchool();
    for (const sequence of [1, 2, 3, 4]) students.push(await desk.child(sequence));
  });
  afterAll(() => registry?.stop());

  const student = (at: number): string => students[at] ?? '';
  const settlingOf = async (of: string) => {
    const opened = await desk.report(school.registrar, of, 'FALSE_INFORMATION');
    const verifying = await desk.act(school.registrar, opened, 'VERIFY');
    return desk.act(school.registrar, verifying, 'FAULT_FOUND');
  };
  const recordOf = async (of: string, who = school.registrar) =>
    (await desk.problems(who)).find(({ student: { id } }) => id === of);

  test(
    holds('ENR-32', 'stops neither graduation nor admission, and is the admitting school’s then'),
    async () => {
      registry.clock.moveTo('2032-07-05T09:00:00+08:00');
      const record = await settlingOf(student(0));
      expect(await desk.graduate([student(0)])).toMatchObject({ done: 1, results: [{ findings: [] }] });
      const admission = await desk.admit(junior, student(0));
      expect(await recordOf(student(0))).toMatchObject({ state: 'PASSED_ON', turn: school.registrar.school });
      registry.clock.moveTo('2032-09-01T09:00:00+08:00');
      await desk.reportAt(junior, admission, '2032-09-01');
      expect(await recordOf(student(0))).toBeUndefined();
      const there = schoolDesks(junior);
      const passed = await recordOf(student(0), there.registrar);
      expect(passed).toMatchObject({
        ...{ id: record.id, state: 'PASSED_ON', turn: junior },
        allowedActions: ['VERIFY', 'FAULT_FOUND', 'REFER'],
      });
      if (passed === undefined) throw new Error('lost');
      const settling = await desk.act(there.registrar, passed, 'FAULT_FOUND', '继续处理');
      const { upload } = await desk.paper(there.registrar, 'OTHER_PROOF', null);
      const resolved = await desk.resolve(there.head, settling, 'DATA_CORRECTED', { evidence: [upload] });
      expect(resolved.state).toBe('RESOLVED');
    },
  );

  test(holds('ENR-31', 'settled before the graduation operation leaves nothing on record'), async () => {
    registry.clock.moveTo('2033-07-05T09:00:00+08:00');
    const settling = await settlingOf(student(1));
    const { upload } = await desk.paper(school.registrar, 'OTHER_PROOF', null);
    await desk.resolve(school.head, settling, 'DATA_CORRECTED', { evidence: [upload] });
    expect((await desk.graduate([student(1)])).done).toBe(1);
    expect(await recordOf(student(1))).toMatchObject({ state: 'RESOLVED', blockers: [] });
  });

  test(
    breaks('ENR-31', 'not settled before it is on record, and the pupil graduates all the same'),
    async () => {
      await settlingOf(student(2));
      expect((await desk.graduate([student(2)])).done).toBe(1);
      const left = await recordOf(student(2));
      expect(left).toMatchObject({
        state: 'SETTLING',
        blockers: [{ ruleId: 'ENR-31', outcome: 'RECORD', code: 'PROBLEM_RECORD_OPEN_AT_GRADUATION' }],
      });
    },
  );

  test(
    breaks(
      'ENR-32',
      'leaves the scope twelve months after graduation without admission, and not a day before',
    ),
    async () => {
      registry.clock.moveTo('2034-07-04T23:00:00+08:00');
      await registry.settled();
      expect(await recordOf(student(2))).toMatchObject({ state: 'SETTLING' });
      registry.clock.moveTo('2034-07-05T00:00:00+08:00');
      await desk.counter.until('the record has left the scope', async () => {
        return (await recordOf(student(2)))?.state === 'OUT_OF_SCOPE';
      });
      expect(await recordOf(student(2))).toMatchObject({ turn: null, allowedActions: [], blockers: [] });
      expect((await recordOf(student(2)))?.history.at(-1)).toMatchObject({ act: 'SCOPE_ENDED' });
    },
  );

  test(holds('ENR-32', 'and is opened again when the pupil is admitted after all'), async () => {
    await desk.admit(junior, student(2));
    expect(await recordOf(student(2))).toMatchObject({
      ...{ state: 'PASSED_ON', turn: school.registrar.school },
      allowedActions: ['VERIFY', 'FAULT_FOUND', 'REFER'],
    });
  });

  test(
    holds('ID-06', 'leaves the holder of a temporary number every right: updates, records and graduation'),
    async () => {
      const of = student(3);
      const { numberKind } = await desk.kept<{ numberKind: string }>(of, 'numberKind');
      expect(numberKind).toBe('L_TEMPORARY');
      await desk.report(school.registrar, of, 'COMPARISON_FAILED');
      const update = await desk.submit(school.registrar, of, { isBoarder: true });
      expect((await desk.decide(school.head, update, 'CONFIRM')).state).toBe('APPLIED');
      expect((await desk.graduate([of])).done).toBe(1);
    },
  );
});
