import { randomUUID } from 'node:crypto';
import { type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { beiguanPrimary } from '#test/service/enrollment/counter.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type ApplicationDesk, applicationDeskOf } from './application-desk.ts';
import {
  codes,
  guardian,
  type Pupil,
  receiving,
  sending,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

/** How a transfer begins: a family applies, the receiving school answers. */
describe('a family that applies for a transfer', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let families: ApplicationDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    families = applicationDeskOf(desk);
  });
  afterAll(() => registry?.stop());

  const household = async (): Promise<{ child: Pupil; parent: Desk }> => {
    const child = await desk.pupil();
    return { child, parent: await families.familyOf(child) };
  };
  const outside = ['OUT_OF_JURISDICTION'];
  const errorsOf = async (answer: Promise<{ errors: { extensions: { code?: string } }[] }>) =>
    (await answer).errors.map(({ extensions }) => extensions.code);

  test(
    holds('TRF-05', 'begins a case without a paper application; the day is the one on which it applied'),
    async () => {
      const { child, parent } = await household();
      const applied = await families.after(families.apply(parent, child));
      expect(applied).toMatchObject({
        ...{
          state: 'APPLIED',
          kind: 'IN_PROVINCE_TRANSFER',
          appliedOn: '2026-09-02',
          deadline: '2026-09-16',
        },
        ...{ school: { id: receiving.school }, student: { id: child.person }, blockers: [] },
        allowedActions: ['WITHDRAW', 'REQUEST_COUNTY_ARRANGEMENT'],
        progress: '2026年9月2日已申请，正在等学校答复；学校应在2026年9月16日前答复。',
      });
      const seen = await families.seen(receiving.registrar, applied.id);
      expect(seen).toMatchObject({ pupilName: child.name, allowedActions: ['INITIATE', 'ASK_FOR_PAPERS'] });
      expect(await families.list(receiving.registrar, { mine: true })).toEqual([applied.id]);
      const draft = await families.takenUp(receiving, applied);
      expect(draft).toMatchObject({ state: 'DRAFT', student: { id: child.person }, blockers: [] });
      expect(await families.seen(parent, applied.id)).toMatchObject({
        ...{ state: 'TAKEN_UP', transfer: { id: draft.id, state: 'DRAFT' } },
        progress: '学校已受理，转学正在办理；各环节的进度见转学业务。',
      });
      const begun = await desk.after(desk.decide(receiving.head, draft, 'APPROVE'));
      expect(begun.state).toBe('SOURCE_SCHOOL_REVIEW');
      expect(await families.eventsOf(applied.id)).toEqual([
        'TransferApplied',
        'TransferApplicationMoved TAKEN_UP',
      ]);
    },
  );

  test(
    breaks('TRF-05', 'a case without a guardian’s application, of either kind, is not put together'),
    async () => {
      const child = await desk.pupil();
      const evidence = await families.proof(receiving.registrar);
      const answer = await desk.initiate(receiving, child, { evidence });
      expect(answer.transfer).toBeNull();
      expect(codes(answer)).toEqual(['GUARDIAN_APPLICATION_MISSING']);
    },
  );

  describe('of its own will', () => {
    const beiguan = schoolDesks(beiguanPrimary);
    const wantedBy = async (who: 'FAMILY' | 'SCHOOL') =>
      desk.initiate(beiguan, await desk.pupil(), { kind: 'CROSS_PROVINCE_TRANSFER', wantedBy: who });

    test(breaks('TRF-44', 'is not sent away by a school: no case is put together for that'), async () => {
      const ordered = await wantedBy('SCHOOL');
      expect(ordered.transfer).toBeNull();
      expect(ordered.findings).toContainEqual(
        expect.objectContaining({ ruleId: 'TRF-44', outcome: 'REJECT', code: 'FORCED_TRANSFER' }),
      );
    });

    test(holds('TRF-44', 'moves on where it wishes itself'), async () => {
      const wished = await wantedBy('FAMILY');
      expect(wished.transfer?.state).toBe('DRAFT');
      expect(codes(wished)).not.toContain('FORCED_TRANSFER');
    });
  });

  test(breaks('PRV-11', 'applies for no other family’s child, nor for one that is nobody’s'), async () => {
    const { parent } = await household();
    const other = await desk.pupil();
    const ask = (who: Desk, person: string) =>
      families.tryOn(who, 'applyForTransfer', 'ApplyForTransferInput', families.asked({ person }));
    for (const who of [parent, guardian('of-nobody'), receiving.registrar, sending.head]) {
      const there = await ask(who, other.person);
      expect(there.errors.map(({ extensions }) => extensions.code)).toEqual(outside);
      expect((await ask(who, randomUUID())).errors).toEqual(there.errors);
    }
  });

  test('is asked for once at one school, and for as many schools as it likes', async () => {
    const { child, parent } = await household();
    await families.after(families.apply(parent, child));
    expect(codes(await families.apply(parent, child))).toEqual(['APPLICATION_ALREADY_OPEN']);
    const other = await families.after(families.apply(parent, child, { school: third.school }));
    expect(other.state).toBe('APPLIED');
    expect((await families.after(families.withdraw(parent, other))).state).toBe('WITHDRAWN');
    expect((await families.apply(parent, child, { school: third.school })).application?.state).toBe(
      'APPLIED',
    );
    expect(codes(await families.withdraw(parent, { ...other, version: 2 }))).toEqual([
      'APPLICATION_NOT_OPEN',
    ]);
  });

  test('is refused only for what is rejected whoever asks, and told what it can do', async () => {
    const { child, parent } = await household();
    const wrong = await families.apply(parent, child, { grade: 3 });
    expect(wrong.application).toBeNull();
    expect(wrong.findings).toMatchObject([
      { code: 'GRADE_CHANGE_FORBIDDEN', remedy: '转学不能改变年级，请选择与孩子现在相当的年级。' },
    ]);
    await desk.counter.change(
      'enrollment',
      `update enrollment set status = 'SUSPENDED' where person_id = $1`,
      [child.person],
    );
    expect(new Set(codes(await families.apply(parent, child)))).toEqual(new Set(['SUSPENDED']));
  });

  test(
    breaks(
      'TRF-52',
      'is not turned away for a forbidden reason: the attempt is on record, the application stays',
    ),
    async () => {
      const { child, parent } = await household();
      const applied = await families.after(families.apply(parent, child));
      const blocked = await families.decline(receiving.head, applied, {
        reasons: ['FURTHER_MATERIAL_MISSING'],
      });
      expect(codes(blocked)).toEqual(['ILLEGAL_REJECTION_REASON']);
      expect(codes(await families.decline(receiving.head, applied, { reasons: [] }))).toEqual([
        'REJECTION_REASON_REQUIRED',
      ]);
      expect((await families.seen(parent, applied.id)).state).toBe('APPLIED');
      const counted = await desk.counter.rows(
        'transfer',
        `select 1 from (select event, type from event_log union all select event, type from outbox) e
         where type = 'IllegalRejectionBlocked' and event -> 'data' ->> 'transfer' = $1`,
        [applied.id],
      );
      expect(counted).toHaveLength(1);
    },
  );

  test(
    holds('TRF-52', 'is turned down by the head of the school for a lawful reason, which it reads'),
    async () => {
      const { child, parent } = await household();
      const applied = await families.after(families.apply(parent, child));
      const declined = await families.after(
        families.decline(receiving.head, applied, { reasons: ['REASON_PROOF_MISSING'] }),
      );
      expect(declined.state).toBe('DECLINED');
      expect(await families.seen(parent, applied.id)).toMatchObject({
        ...{ reasons: ['REASON_PROOF_MISSING'], allowedActions: [] },
        progress: '学校没有接受，理由见下；您可以另选学校申请。',
      });
      expect(codes(await families.takeUp(receiving, applied))).toEqual(['APPLICATION_NOT_OPEN']);
    },
  );

  test(holds('TRF-42', 'follows its applications and cases with the child, step by step'), async () => {
    const { child, parent } = await household();
    const applied = await families.after(families.apply(parent, child));
    const draft = await families.takenUp(receiving, applied);
    await desk.after(desk.decide(receiving.head, draft, 'APPROVE'));
    const { student } = desk.desk.answered(
      await desk.desk.ask<{
        student: { transfers: { id: string }[]; transferApplications: { id: string; progress: string }[] };
      }>(
        parent,
        'query ($id: ID!) { student(id: $id) { transfers { id state } transferApplications { id progress } } }',
        { id: child.person },
      ),
    );
    expect(student.transfers.map(({ id }) => id)).toEqual([draft.id]);
    expect(student.transferApplications.map(({ id }) => id)).toEqual([applied.id]);
  });

  test(breaks('TRF-42', 'sees nobody else’s: it is as if there were none'), async () => {
    const { child, parent } = await household();
    const { parent: stranger } = await household();
    const applied = await families.after(families.apply(parent, child));
    const ask = (id: string) =>
      desk.desk.ask(
        stranger,
        'query ($id: ID!) { student(id: $id) { transfers { id } transferApplications { id } } }',
        {
          id,
        },
      );
    expect(await errorsOf(ask(child.person))).toEqual(outside);
    for (const who of [stranger, third.registrar, sending.registrar, xiaodian.head]) {
      expect(await errorsOf(families.see(who, applied.id))).toEqual(outside);
      expect(await families.list(who)).not.toContain(applied.id);
    }
    expect(await families.list(yingze.head)).toContain(applied.id);
  });

  test(
    breaks('PRV-12', 'is not watched by the class teacher of the school that it thinks of leaving'),
    async () => {
      const { child, parent } = await household();
      const applied = await families.after(families.apply(parent, child));
      const draft = await families.takenUp(receiving, applied);
      const teacher: Desk = {
        sub: 'teacher',
        level: 'SCHOOL',
        school: sending.school,
        roles: ['CLASS_TEACHER'],
      };
      const made = await desk.desk.ask<{ createClass: { schoolClass: { id: string } } }>(
        sending.registrar,
        'mutation ($input: CreateClassInput!) { createClass(input: $input) { schoolClass { id } } }',
        {
          input: {
            ...{ idempotencyKey: randomUUID(), school: sending.school, stage: 'PRIMARY' },
            ...{ grade: 2, name: '8班' },
          },
        },
      );
      const schoolClass = desk.desk.answered(made).createClass.schoolClass.id;
      await desk.counter.change('enrollment', 'update enrollment set class_id = $2 where person_id = $1', [
        child.person,
        schoolClass,
      ]);
      desk.desk.answered(
        await desk.desk.ask(
          sending.registrar,
          'mutation ($input: AssignClassTeacherInput!) { assignClassTeacher(input: $input) { schoolClass { id } } }',
          { input: { idempotencyKey: randomUUID(), schoolClass, subject: teacher.sub } },
        ),
      );
      const ofPupil = (fields: string) =>
        desk.desk.ask<{ student: Record<string, unknown> }>(
          teacher,
          `query ($id: ID!) { student(id: $id) { ${fields} } }`,
          { id: child.person },
        );
      expect(desk.desk.answered(await ofPupil('name')).student).toEqual({ name: child.name });
      for (const field of ['transfers', 'transferApplications']) {
        const { data, errors } = await ofPupil(`name ${field} { id }`);
        expect(data?.student).toEqual({ name: child.name, [field]: null });
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(outside);
      }
      expect(await errorsOf(families.see(teacher, applied.id))).toEqual(outside);
      expect(await errorsOf(desk.see(teacher, draft.id))).toEqual(outside);
      const { directory } = desk.service().core;
      const scope = await directory.scopeOf({
        ...{
          subject: teacher.sub,
          name: '',
          level: 'SCHOOL',
          school: sending.school,
          assurance: 'TWO_FACTORS',
        },
        ...{ roles: new Set(['CLASS_TEACHER'] as const), scopes: new Set(['student:read']) },
      });
      expect(scope.persons).toEqual([]);
    },
  );
});
