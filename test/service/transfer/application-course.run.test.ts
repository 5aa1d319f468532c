import { randomUUID } from 'node:crypto';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import {
  lockApplicationsOf,
  MOST_A_DAY,
  MOST_OPEN,
} from '#services/transfer/applications/application-limits.ts';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Application, type ApplicationDesk, applicationDeskOf } from './application-desk.ts';
import {
  codes,
  type Pupil,
  receiving,
  SECOND_GRADE,
  sending,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

/** What becomes of a family's application, and what it may be asked for. */
describe('an application for a transfer', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let families: ApplicationDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    families = applicationDeskOf(desk);
  });
  afterAll(() => registry?.stop());

  const applied = async (more: Record<string, unknown> = {}) => {
    const child = await desk.pupil();
    const parent = await families.familyOf(child);
    return { child, parent, application: await families.after(families.apply(parent, child, more)) };
  };
  const stateOf = async (who: Desk, { id }: Pick<Application, 'id'>) => (await families.seen(who, id)).state;
  const begun = async (application: Application) =>
    desk.after(desk.decide(receiving.head, await families.takenUp(receiving, application), 'APPROVE'));

  test('waits for its school again where the school discards its draft without an answer', async () => {
    const { parent, application } = await applied();
    const draft = await families.takenUp(receiving, application);
    const seen = { transfer: draft.id, expectedVersion: draft.version };
    await desk.after(
      desk.order(receiving.registrar, 'discardTransferDraft', 'DiscardTransferDraftInput', seen),
    );
    await desk.atRest();
    expect(await families.seen(parent, application.id)).toMatchObject({ state: 'APPLIED', transfer: null });
    expect((await begun(await families.seen(parent, application.id))).state).toBe('SOURCE_SCHOOL_REVIEW');
  });

  test('ends where another school’s case starts first, and not with its draft', async () => {
    const { child, parent, application } = await applied();
    const elsewhere = await families.after(families.apply(parent, child, { school: third.school }));
    const draft = await families.takenUp(receiving, application);
    await desk.atRest();
    expect(await stateOf(parent, elsewhere)).toBe('APPLIED');
    await desk.after(desk.decide(receiving.head, draft, 'APPROVE'));
    await desk.atRest();
    expect(await families.seen(parent, elsewhere.id)).toMatchObject({
      ...{ state: 'SUPERSEDED', transfer: null, allowedActions: [] },
      progress: '孩子转到另一所学校的转学已经发起，这份申请不再办理。',
    });
    expect(await stateOf(parent, application)).toBe('TAKEN_UP');
    expect(codes(await families.apply(parent, child, { school: third.school }))).toEqual([
      'ACTIVE_CASE_EXISTS',
    ]);
  });

  test('is completed with the registration moved', async () => {
    const { parent, application } = await applied();
    const started = await begun(application);
    await desk.approve(sending, started);
    await desk.approve(xiaodian, started);
    await desk.approve(yingze, started);
    await desk.atRest();
    await desk.atRest();
    expect(await families.seen(parent, application.id)).toMatchObject({
      ...{ state: 'COMPLETED', transfer: { state: 'HANDED_OVER' } },
    });
    expect(await families.eventsOf(application.id)).toEqual([
      'TransferApplied',
      'TransferApplicationMoved TAKEN_UP',
      'TransferApplicationMoved COMPLETED',
    ]);
  });

  test('ends with its case and the reasons of the refusal, and may be made anew', async () => {
    const { child, parent, application } = await applied();
    const started = await begun(application);
    const handled = await desk.after(desk.handle(sending.registrar, started));
    const reasons = ['REGISTRATION_INFO_WRONG'];
    await desk.after(desk.decide(sending.head, handled, 'REFUSE', { reasons }));
    await desk.atRest();
    expect(await families.seen(parent, application.id)).toMatchObject({ state: 'CASE_ENDED', reasons });
    expect((await families.apply(parent, child)).application?.state).toBe('APPLIED');
  });

  test(holds('ORG-28', 'has its day counted again once another calendar is in force'), async () => {
    const { parent, application } = await applied();
    await desk.counter.change(
      'transfer',
      `update transfer_application set calendar_version = 'before', due_on = '2026-09-30', provisional = true
       where application_id = $1`,
      [application.id],
    );
    await desk.atRest();
    expect(await families.seen(parent, application.id)).toMatchObject({ deadline: '2026-09-16', version: 2 });
  });

  test(holds('TRF-42', 'is told step by step: who holds the case, since when and until when'), async () => {
    const { parent, application } = await applied();
    const { id } = await begun(application);
    const { transferCase } = desk.desk.answered(
      await desk.desk.ask<{ transferCase: { steps: { progress: string }[] } }>(
        parent,
        'query ($id: ID!) { transferCase(id: $id) { steps { progress } } }',
        { id },
      ),
    );
    expect(transferCase.steps.map(({ progress }) => progress)).toEqual([
      '转入学校已在2026年9月2日同意。',
      '转出学校正在办理：2026年9月2日开始，应在2026年9月16日前办完。',
    ]);
  });

  /** Rows as a child's family has made them: copies of one of its applications. */
  const copies = (tx: Tx, of: Pick<Application, 'id'>, like: Record<string, unknown>, schools: string[]) =>
    execute(
      tx,
      `insert into transfer_application select (jsonb_populate_record(a, $2::jsonb
         || jsonb_build_object('application_id', gen_random_uuid(), 'school', s.school))).*
       from transfer_application a, unnest($3::text[]) as s(school) where a.application_id = $1`,
      [of.id, JSON.stringify(like), schools],
    );
  const copied = (...[of, like, schools]: [Pick<Application, 'id'>, Record<string, unknown>, string[]]) =>
    asWorker(desk.service().core.worker, (tx) => copies(tx, of, like, schools));
  const others = (count: number) => Array.from({ length: count }, (_, at) => `${2114900000 + at}`);

  describe('of a family that applies and applies', () => {
    const there = { school: third.school };

    test('is not made while ten of the child wait, and is once one is withdrawn', async () => {
      const { child, parent, application } = await applied();
      await copied(application, { applied_at: '2026-08-30T00:00:00Z' }, others(MOST_OPEN - 1));
      expect(codes(await families.apply(parent, child, there))).toEqual(['TOO_MANY_APPLICATIONS_OPEN']);
      await families.after(families.withdraw(parent, application));
      expect((await families.apply(parent, child, there)).application?.state).toBe('APPLIED');
    });

    test('is not made when twenty of a day are, and a pupil shows the latest 200 of them', async () => {
      const { child, parent, application } = await applied();
      const yesterday = { applied_at: '2026-09-01T12:00:00Z' };
      const withdrawn = { ...yesterday, state: 'WITHDRAWN', ended_at: '2026-09-01T13:00:00Z' };
      await copied(application, withdrawn, others(MOST_A_DAY - 2));
      const last = await families.after(families.apply(parent, child, there));
      await families.after(families.withdraw(parent, last));
      expect(codes(await families.apply(parent, child, there))).toEqual(['TOO_MANY_APPLICATIONS_TODAY']);
      await copied(application, withdrawn, others(200));
      const { student } = desk.desk.answered(
        await desk.desk.ask<{ student: { transferApplications: { id: string }[] } }>(
          parent,
          'query ($id: ID!) { student(id: $id) { transferApplications { id } } }',
          { id: child.person },
        ),
      );
      expect(student.transferApplications).toHaveLength(200);
      expect(student.transferApplications.at(-1)).toEqual({ id: last.id });
    });
  });

  describe('and its papers', () => {
    test(holds('TRF-22', 'the school asks for registration data and the proof of the reason'), async () => {
      const { parent, application } = await applied();
      const papers = ['REGISTRATION_INFO', 'REASON_PROOF'];
      await families.after(families.askForPapers(receiving.registrar, application, { papers }));
      expect((await families.seen(parent, application.id)).papersAsked).toEqual(papers);
    });

    test(breaks('TRF-22', 'the school asks for nothing more, not even a written application'), async () => {
      const { parent, application } = await applied();
      for (const kind of ['OTHER', 'PAPER_APPROVAL_FORM', 'ACADEMIC_TEST_PROOF', 'APPLICATION_FORM']) {
        const papers = ['REASON_PROOF', kind];
        const answer = await families.askForPapers(receiving.registrar, application, { papers });
        expect(answer.findings.map(({ ruleId, code }) => `${ruleId} ${code}`)).toEqual([
          'TRF-22 MATERIAL_NOT_ALLOWED',
        ]);
      }
      expect(await families.seen(parent, application.id)).toMatchObject({
        state: 'APPLIED',
        papersAsked: [],
      });
    });

    test(breaks('TRF-45', 'no certificate of registration is asked for or handed in'), async () => {
      const { application } = await applied();
      const papers = ['REGISTRATION_CERTIFICATE'];
      const asked = await families.askForPapers(receiving.registrar, application, { papers });
      expect(codes(asked)).toEqual(['MATERIAL_NOT_ALLOWED']);
      const evidence = [
        ...(await families.proof(receiving.registrar)),
        ...(await families.proof(receiving.registrar, 'REGISTRATION_CERTIFICATE')),
      ];
      const answer = await families.takeUp(receiving, application, { evidence });
      expect(answer.transfer).toBeNull();
      expect(answer.findings).toMatchObject([
        { code: 'MATERIAL_NOT_ALLOWED', path: ['evidence', 'REGISTRATION_CERTIFICATE'] },
      ]);
    });

    test(breaks('TRF-45', 'nor handed in afterwards: the case stays as it is'), async () => {
      const { application } = await applied();
      const started = await begun(application);
      const evidence = await families.proof(receiving.registrar, 'REGISTRATION_CERTIFICATE');
      const answer = await desk.order(
        receiving.registrar,
        'handInTransferPapers',
        'HandInTransferPapersInput',
        { transfer: started.id, expectedVersion: started.version, evidence },
      );
      expect(codes(answer)).toEqual(['MATERIAL_NOT_ALLOWED']);
      expect((await desk.seen(receiving.head, started.id)).version).toBe(started.version);
    });

    test(holds('TRF-45', 'a case goes on without one: the school verifies in the registry'), async () => {
      const { application } = await applied();
      expect((await begun(application)).state).toBe('SOURCE_SCHOOL_REVIEW');
    });

    test('one that lies with a school for long is typed in late, and whoever decides is told', async () => {
      const child = await desk.pupil();
      const late = await desk.after(desk.initiate(receiving, child, { appliedOn: '2026-08-18' }));
      expect(late.findings.map(({ code }) => code)).toContain('APPLICATION_TYPED_LATE');
      const prompt = await desk.after(
        desk.initiate(receiving, await desk.pupil(), { appliedOn: '2026-08-20' }),
      );
      expect(prompt.findings.map(({ code }) => code)).not.toContain('APPLICATION_TYPED_LATE');
    });
  });

  describe('at a school that is full', () => {
    const [free, full] = [45, 0];
    const setCapacity = (school: string, capacity: number) =>
      desk.counter.change('enrollment', 'update school_class set capacity = $2 where school = $1', [
        school,
        capacity,
      ]);
    const city = authorityDesks('140100', 'CITY');

    beforeAll(async () => {
      for (const school of [receiving.school, third.school]) {
        await desk.counter.change(
          'enrollment',
          `insert into school_class (class_id, school, place, stage, entry_year_adj, name, capacity, size, version)
           select $1, code, place, 'PRIMARY', $3, '二年级1班', 45, 0, 1 from school_ref where code = $2`,
          [randomUUID(), school, SECOND_GRADE],
        );
      }
    });
    afterEach(() => setCapacity(receiving.school, free));

    const declined = async (): Promise<{ child: Pupil; parent: Desk; application: Application }> => {
      const { child, parent, application } = await applied();
      const decline = () =>
        families.decline(receiving.head, application, { reasons: ['NO_PLACE_AVAILABLE'] });
      expect(codes(await decline())).toEqual(['ILLEGAL_REJECTION_REASON']);
      await setCapacity(receiving.school, full);
      const answer = await families.after(decline());
      await setCapacity(receiving.school, free);
      return { child, parent, application: answer };
    };

    test(
      holds('TRF-10', 'the county arranges another, which starts the case; the day of the family stays'),
      async () => {
        const { parent, application } = await declined();
        const asked = await families.after(families.requestArrangement(parent, application));
        expect(asked).toMatchObject({
          ...{ state: 'ARRANGING', county: '140106', school: null, deadline: '2026-09-16' },
          progress: '已请县级教育部门安排学校；县级教育部门应在2026年9月16日前答复。',
        });
        expect(await families.list(yingze.head, { mine: true })).toEqual([asked.id]);
        expect((await families.seen(yingze.registrar, asked.id)).allowedActions).toEqual(['PROPOSE_SCHOOL']);
        expect((await families.seen(yingze.head, asked.id)).allowedActions).toEqual([]);
        expect(codes(await families.requestArrangement(parent, application))).toEqual([
          'ARRANGEMENT_ALREADY_ASKED',
        ]);
        registry.clock.moveTo('2026-09-04T09:00:00+08:00');
        const seen = await families.seen(yingze.head, asked.id);
        const arranged = await families.after(families.arrange(yingze, seen, receiving.school));
        expect(arranged).toMatchObject({ state: 'APPLIED', arranged: true, appliedOn: '2026-09-02' });
        expect(await begun(arranged)).toMatchObject({ state: 'SOURCE_SCHOOL_REVIEW' });
        expect((await families.seen(parent, asked.id)).transfer?.state).toBe('SOURCE_SCHOOL_REVIEW');
      },
    );

    test(
      breaks(
        'TRF-10',
        'the county is not asked while the school has a place and has not declined for want of one',
      ),
      async () => {
        const { parent, application } = await applied();
        const answer = await families.requestArrangement(parent, application);
        expect(answer.findings).toMatchObject([{ ruleId: 'TRF-10', code: 'SCHOOL_NOT_FULL' }]);
        await setCapacity(receiving.school, full);
        expect((await families.requestArrangement(parent, application)).application?.state).toBe('ARRANGING');
      },
    );

    test(
      breaks('TRF-09', 'the county names no school that is full, closed to it, or of another county'),
      async () => {
        const { parent, application } = await declined();
        const asked = await families.after(families.requestArrangement(parent, application));
        const arrange = (school: string) => families.arrange(yingze, asked, school);
        expect(codes(await arrange(third.school))).toEqual(['SCHOOL_NOT_IN_JURISDICTION']);
        await setCapacity(receiving.school, full);
        expect(codes(await arrange(receiving.school))).toEqual(['NO_PLACE_AVAILABLE']);
        for (const who of [city.head, xiaodian.head]) {
          const sent = families.tryOn(who, 'arrangeSchool', 'ArrangeSchoolInput', {
            ...{ application: asked.id, expectedVersion: asked.version },
          });
          expect((await sent).errors.map(({ extensions }) => extensions.code)).toEqual([
            'OUT_OF_JURISDICTION',
          ]);
        }
        expect((await families.seen(parent, asked.id)).state).toBe('ARRANGING');
      },
    );

    test(
      breaks(
        'TRF-10',
        'the county names no school that the law would refuse the family, nor the child’s own',
      ),
      async () => {
        const { child, parent, application } = await declined();
        const asked = await families.after(families.requestArrangement(parent, application));
        await desk.counter.change('enrollment', 'update enrollment set school = $2 where person_id = $1', [
          child.person,
          receiving.school,
        ]);
        expect(codes(await families.arrange(yingze, asked, receiving.school))).toEqual([
          'ACTIVE_ENROLLMENT_EXISTS',
        ]);
        await desk.counter.change(
          'enrollment',
          `update enrollment set school = $2, status = 'SUSPENDED' where person_id = $1`,
          [child.person, sending.school],
        );
        expect(codes(await families.arrange(yingze, asked, receiving.school))).toEqual(['SUSPENDED']);
        expect((await families.seen(parent, asked.id)).state).toBe('ARRANGING');
      },
    );

    test('the county arranges the school at which the family applies at this moment, and is told', async () => {
      const { child, parent, application } = await declined();
      const asked = await families.after(families.requestArrangement(parent, application));
      const proposed = await families.after(
        families.propose(yingze.registrar, asked, { school: receiving.school }),
      );
      let arranging: ReturnType<typeof families.arrange> | undefined;
      await asWorker(desk.service().core.worker, async (tx) => {
        await lockApplicationsOf(tx, child.person);
        await copies(tx, application, { state: 'APPLIED', ended_at: null }, [receiving.school]);
        arranging = families.arrangeProposed(yingze.head, proposed);
        await desk.counter.until('the arrangement waits for the application', async () => {
          const waiting = `select 1 from pg_locks l join pg_database d on d.oid = l.database
            where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;
          return (await desk.counter.rows('transfer', waiting)).length > 0;
        });
      });
      expect(codes((await arranging) ?? { findings: [] })).toEqual(['APPLICATION_ALREADY_OPEN']);
      expect(await stateOf(parent, asked)).toBe('ARRANGING');
    });

    test('is not refused at once: it waits, and the family is told what it can do', async () => {
      await setCapacity(receiving.school, full);
      const { application } = await applied();
      expect(application.blockers.map(({ finding }) => finding.code)).toEqual(['NO_PLACE_AVAILABLE']);
    });
  });
});
