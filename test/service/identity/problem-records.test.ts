import { randomUUID } from 'node:crypto';
import { authorityDesks, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { otherTaiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  county,
  errorsOf,
  type IdentityDesk,
  identityDeskOf,
  type Problem,
  school,
  standing,
} from './identity-desk.ts';

/** Problem records from their opening to their end (W-22). */
describe('a problem record', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let next = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const somebody = (changes: Record<string, unknown> = {}) => desk.child(++next, changes);
  const evidence = async () => [(await desk.paper(school.registrar, 'OTHER_PROOF', null)).upload];
  const seen = async (id: string, who = school.registrar): Promise<Problem> => {
    const found = (await desk.problems(who)).find((problem) => problem.id === id);
    if (found === undefined) throw new Error('The record is not listed');
    return found;
  };

  describe('that a school has found', () => {
    test(
      holds(
        'ID-19',
        'is verified by the registrar, settled on evidence and ended by the head within ten working days',
      ),
      async () => {
        const student = await somebody();
        const answer = desk.only(await desk.tryReport(school.registrar, student, 'PERSON_RECORD_SEPARATED'));
        expect(answer.findings).toMatchObject([
          { ruleId: 'STA-05', outcome: 'RECORD', code: 'PROBLEM_RECORD_OPEN' },
        ]);
        const opened = answer.problem;
        if (opened === null) throw new Error('refused');
        expect(opened).toMatchObject({
          ...{ state: 'OPEN', source: 'SCHOOL_CHECK', turn: school.registrar.school, dueOn: '2026-09-16' },
          ...{ overdue: false, blockers: [], allowedActions: ['VERIFY', 'REFER'] },
        });
        const verifying = await desk.act(school.registrar, opened, 'VERIFY', null);
        expect(verifying).toMatchObject({ state: 'VERIFYING', allowedActions: ['FAULT_FOUND', 'REFER'] });
        const settling = await desk.act(school.registrar, verifying, 'FAULT_FOUND', '学生在外校就读');
        expect(settling.state).toBe('SETTLING');
        const resolved = await desk.resolve(school.head, settling, 'TRANSFERRED', {
          evidence: await evidence(),
        });
        expect(resolved).toMatchObject({
          ...{ state: 'RESOLVED', resolution: 'TRANSFERRED', turn: null, allowedActions: [] },
          history: [
            { act: 'REPORT', state: 'OPEN', note: '核查发现', papers: 0 },
            { act: 'VERIFY', state: 'VERIFYING' },
            { act: 'FAULT_FOUND', state: 'SETTLING', note: '学生在外校就读' },
            { act: 'RESOLVE', state: 'RESOLVED', note: '已处理', papers: 1 },
          ],
        });
        await registry.settled();
        const told = await desk.counter.rows<{ type: string; state: string | null }>(
          'identity',
          `select type, event -> 'data' ->> 'state' as state from event_log
           where type like 'ProblemRecord%' and event -> 'data' ->> 'person' = $1 order by seq`,
          [student],
        );
        expect(told.filter(({ type }) => type === 'ProblemRecordMoved').map(({ state }) => state)).toEqual([
          ...['OPEN', 'VERIFYING', 'SETTLING', 'RESOLVED'],
        ]);
        expect(told.filter(({ type }) => type === 'ProblemRecordOpened')).toHaveLength(1);
      },
    );

    test(holds('STA-05', 'of every kind of the glossary is followed to its end'), async () => {
      const student = await somebody();
      for (const kind of [
        ...['DUPLICATE', 'FALSE_INFORMATION', 'PERSON_RECORD_SEPARATED', 'RECORD_WITHOUT_PERSON'],
        ...['PERSON_WITHOUT_RECORD', 'COMPARISON_FAILED', 'MISTAKEN_ADMISSION', 'MISTAKEN_GRADUATION'],
      ]) {
        const opened = await desk.report(school.registrar, student, kind);
        const again = desk.only(await desk.tryReport(school.registrar, student, kind));
        expect(codes(again.findings)).toEqual(['ENR-67 PROBLEM_RECORD_EXISTS']);
        const verifying = await desk.act(school.registrar, opened, 'VERIFY');
        const dismissed = await desk.act(school.head, verifying, 'NO_FAULT', '经核实无问题');
        expect(dismissed).toMatchObject({ kind, state: 'DISMISSED', turn: null });
        expect((await desk.report(school.registrar, student, kind)).id).not.toBe(opened.id);
      }
    });

    test(
      breaks('STA-05', 'is on record with the rule that it breaks, and not settled by silence'),
      async () => {
        const student = await somebody();
        const opened = await desk.report(school.registrar, student, 'RECORD_WITHOUT_PERSON');
        const silent = desk.only(await desk.tryAct(school.registrar, opened, 'FAULT_FOUND', ' '));
        expect(codes(silent.findings)).toEqual([
          'ACC-18 DECISION_REASON_MISSING',
          'ACC-18 PROBLEM_ACTION_NOT_OPEN',
        ]);
        const verifying = await desk.act(school.registrar, opened, 'VERIFY');
        const settling = await desk.act(school.registrar, verifying, 'FAULT_FOUND');
        const bare = desk.only(await desk.tryResolve(school.head, settling, 'RECORD_ENDED'));
        expect(standing(bare.findings)).toEqual(['ENR-67 PROBLEM_EVIDENCE_MISSING']);
        expect(errorsOf(await desk.tryResolve(school.registrar, settling, 'RECORD_ENDED'))).toEqual([
          'OUT_OF_JURISDICTION',
        ]);
        expect((await seen(opened.id)).state).toBe('SETTLING');
      },
    );

    test(breaks('ACC-18', 'is not ended by the person who worked on it last'), async () => {
      const student = await somebody();
      const both = { ...school.head, roles: ['REGISTRAR', 'DECISION_MAKER'] };
      const opened = await desk.report(school.registrar, student, 'FALSE_INFORMATION');
      const verifying = await desk.act(both, opened, 'VERIFY');
      expect(codes(desk.only(await desk.tryAct(both, verifying, 'NO_FAULT', '无')).findings)).toEqual([
        'ACC-18 SAME_PERSON_HANDLES_AND_DECIDES',
      ]);
      expect(
        codes(desk.only(await desk.tryAct(school.registrar, verifying, 'NO_FAULT', '无')).findings),
      ).toEqual(['ACC-18 ROLE_MISSING']);
      expect((await desk.act({ ...school.head, sub: 'other-head' }, verifying, 'NO_FAULT', '无')).state).toBe(
        'DISMISSED',
      );
    });

    test('of two who act at once one does, and the other hears of the version', async () => {
      const opened = await desk.report(school.registrar, await somebody(), 'FALSE_INFORMATION');
      const answers = await Promise.all([
        desk.tryAct(school.registrar, opened, 'VERIFY'),
        desk.tryAct(school.head, opened, 'VERIFY'),
      ]);
      const lost = answers.filter(({ errors }) => errors.length > 0);
      expect(lost.map(errorsOf)).toEqual([['VERSION_CONFLICT']]);
      expect(lost[0]?.errors[0]?.extensions.currentVersion).toBe(2);
    });
  });

  describe('and its authority', () => {
    test(holds('ID-19', 'is referred by the school, and settled by the superior authority'), async () => {
      const opened = await desk.report(school.registrar, await somebody(), 'RECORD_WITHOUT_PERSON');
      const referred = await desk.act(school.registrar, opened, 'REFER', '学校无法联系');
      expect(referred).toMatchObject({ state: 'OPEN', turn: '140105', allowedActions: [] });
      expect((await desk.problems(county.registrar, { mine: true })).map(({ id }) => id)).toContain(
        opened.id,
      );
      expect((await desk.problems(school.registrar, { mine: true })).map(({ id }) => id)).not.toContain(
        opened.id,
      );
      expect(codes(desk.only(await desk.tryAct(school.registrar, referred, 'VERIFY')).findings)).toEqual([
        'ACC-18 ROLE_MISSING',
      ]);
      const verifying = await desk.act(county.registrar, referred, 'VERIFY');
      const settling = await desk.act(county.registrar, verifying, 'FAULT_FOUND', '确无此人');
      const bare = desk.only(await desk.tryResolve(county.head, settling, 'RECORD_ENDED'));
      expect(standing(bare.findings)).toEqual(['ENR-67 PROBLEM_EVIDENCE_MISSING']);
      const evidence = [await desk.authorityPaper('140105')];
      const resolved = await desk.resolve(county.head, settling, 'RECORD_ENDED', { evidence });
      expect(resolved).toMatchObject({ state: 'RESOLVED', resolution: 'RECORD_ENDED' });
    });

    test('found by a check of the authority or by a complaint says so', async () => {
      const [one, two] = [await somebody(), await somebody()];
      expect((await desk.report(county.registrar, one, 'RECORD_WITHOUT_PERSON')).source).toBe(
        'AUTHORITY_CHECK',
      );
      const complained = await desk.report(school.registrar, two, 'FALSE_INFORMATION', { complaint: true });
      expect(complained.source).toBe('COMPLAINT');
    });

    test(breaks('ID-19', 'past its day it is on record and in the list of what is overdue'), async () => {
      const opened = await desk.report(school.registrar, await somebody(), 'FALSE_INFORMATION');
      const settled = await desk.act(
        school.head,
        await desk.act(
          school.registrar,
          await desk.report(school.registrar, await somebody(), 'DUPLICATE'),
          'VERIFY',
        ),
        'NO_FAULT',
        '无',
      );
      expect(await desk.problems(school.registrar, { overdue: true })).toEqual([]);
      registry.clock.moveTo('2026-09-17T00:00:00+08:00');
      const late = await desk.problems(county.registrar, { overdue: true, kind: 'FALSE_INFORMATION' });
      const own = late.find(({ id }) => id === opened.id);
      expect(own).toMatchObject({ overdue: true, blockers: [{ ruleId: 'ID-19', outcome: 'RECORD' }] });
      expect(late.map(({ id }) => id)).not.toContain(settled.id);
    });
  });

  describe('of another school or county', () => {
    test(breaks('PRV-12', 'is neither reported, seen, acted upon nor told of'), async () => {
      const student = await somebody();
      const opened = await desk.report(school.registrar, student, 'FALSE_INFORMATION');
      const stranger = schoolDesks(otherTaiyuanPrimary);
      const elsewhere = authorityDesks('140106');
      const answers = await Promise.all([
        desk.tryReport(stranger.registrar, student, 'FALSE_INFORMATION'),
        desk.tryReport(elsewhere.registrar, student, 'FALSE_INFORMATION'),
        desk.tryReport(stranger.registrar, randomUUID(), 'FALSE_INFORMATION'),
        desk.tryAct(stranger.registrar, opened, 'VERIFY'),
        desk.tryAct(elsewhere.head, opened, 'VERIFY'),
        desk.tryResolve(elsewhere.head, opened, 'RECORD_ENDED'),
        desk.ask(elsewhere.head, 'query ($id: ID!) { problemRecord(id: $id) { id } }', { id: opened.id }),
        desk.ask(stranger.head, 'query ($id: ID!) { problemRecord(id: $id) { id } }', { id: 'x.y' }),
      ]);
      expect(answers.map(errorsOf)).toEqual(answers.map(() => ['OUT_OF_JURISDICTION']));
      const other = await desk.child(499, {}, { school: otherTaiyuanPrimary, authority: 'yingze' });
      const named = await desk.tryReport(school.registrar, student, 'DUPLICATE', { other });
      expect(errorsOf(named)).toEqual(['OUT_OF_JURISDICTION']);
      expect(named).toEqual(
        await desk.tryReport(school.registrar, student, 'DUPLICATE', { other: randomUUID() }),
      );
    });

    test('is reported by no guardian and no class teacher', async () => {
      const student = await somebody();
      for (const who of [await desk.guardianOf(student), await desk.teacherOf(student)])
        expect(errorsOf(await desk.tryReport(who, student, 'FALSE_INFORMATION'))).toEqual([
          'OUT_OF_JURISDICTION',
        ]);
    });
  });
});
