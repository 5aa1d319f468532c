import { recount } from '#services/statistics/recount.ts';
import { authorityDesks, caseDeskOf, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { otherTaiyuanPrimary, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { idNumber, mother, withoutDocument } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  county,
  errorsOf,
  type IdentityDesk,
  identityDeskOf,
  type Problem,
  school,
  standing,
} from './identity-desk.ts';

type Row = { enrollment: string; status: string; active: boolean; seat: string | null };

/** A second registration that was approved for a child is ended by the decision that makes its records one (ID-18). */
describe('a registration that turns out to be a second one', () => {
  let registry: Registry;
  let desk: IdentityDesk;
  let next = 0;

  const city = authorityDesks('140100', 'CITY');
  const there = schoolDesks(otherTaiyuanPrimary);

  beforeAll(async () => {
    registry = await startRegistry();
    desk = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  /** One child with two approved registrations: at the first school by its document, at the second by its mother's. */
  const doubled = async (elsewhere = false): Promise<{ stands: string; second: string }> => {
    const sequence = ++next;
    const name = `样例双${'甲乙丙丁戊己庚辛'.charAt(sequence)}`;
    const guardian = mother({ idDocumentNumber: idNumber('1990-01-01', sequence + 100) });
    const stands = await desk.child(sequence, { name });
    const second = await desk.child(
      sequence,
      { ...withoutDocument(sequence), name, guardians: [guardian] },
      elsewhere
        ? { school: otherTaiyuanPrimary, authority: 'yingze' }
        : { school: taiyuanPrimary, authority: 'xiaodian' },
    );
    return { stands, second };
  };
  const settling = async (student: string, other: string): Promise<Problem> => {
    const opened = await desk.report(school.registrar, student, 'DUPLICATE', { other });
    const referred = await desk.act(school.registrar, opened, 'REFER');
    return desk.act(county.registrar, await desk.act(county.registrar, referred, 'VERIFY'), 'FAULT_FOUND');
  };
  const merging = async (stands: string, more: object = {}) => ({
    ...{ standing: stands, endsRegistration: true, evidence: [await desk.authorityPaper('140105')] },
    ...more,
  });
  const registrations = (student: string) =>
    desk.counter.rows<Row>(
      'enrollment',
      `select enrollment_id as enrollment, status, active, class_id as seat from enrollment where person_id = $1`,
      [student],
    );
  const counted = async (student: string) => {
    await registry.settled();
    const [row] = await desk.counter.rows<{ status: string; kind: string | null }>(
      'statistics',
      'select status, number_kind as kind from pupil where person_id = $1',
      [student],
    );
    return row;
  };
  const numbersOf = async (student: string, who = school.registrar) =>
    (
      await desk.kept<{ numberHistory: { value: string; state: string }[] }>(
        student,
        'numberHistory { value(full: true) state }',
        who,
      )
    ).numberHistory;
  const byNumber = async (number: string, who = school.registrar) =>
    desk.answered(
      await desk.ask<{ studentByNumber: { id: string } }>(
        who,
        'query ($number: String!) { studentByNumber(number: $number) { id } }',
        { number },
      ),
    ).studentByNumber.id;

  test(
    holds('ID-18', 'ends by the county’s decision on evidence; the record that stands keeps its number'),
    async () => {
      const { stands, second } = await doubled();
      const cases = caseDeskOf(registry);
      const [before] = await registrations(second);
      const running = await cases.after(
        cases.request(school.registrar, 'markAbroad', 'AbroadInput', {
          ...{ enrollment: `${second}.${before?.enrollment}`, leavesOn: '2026-09-05' },
          expectedVersion: 2,
          evidence: [await cases.paper(school.registrar, 'TRAVEL_DOCUMENT', 'NATION')],
        }),
      );
      const [own] = await numbersOf(stands);
      const [former] = await numbersOf(second);
      const record = await settling(stands, second);
      const resolved = await desk.resolve(county.head, record, 'MERGED', await merging(stands));
      expect(resolved).toMatchObject({
        ...{ state: 'RESOLVED', resolution: 'MERGED' },
        history: [{}, {}, {}, {}, { act: 'RESOLVE', unit: '140105', note: '已处理', papers: 1 }],
      });
      expect(await counted(second)).toEqual({ status: 'CANCELLED', kind: null });
      expect(await counted(stands)).toEqual({ status: 'IN_SCHOOL', kind: 'L_TEMPORARY' });
      expect(await registrations(second)).toMatchObject([{ status: 'CANCELLED', active: false, seat: null }]);
      expect(await registrations(stands)).toMatchObject([{ status: 'IN_SCHOOL', active: true }]);
      expect(await numbersOf(stands)).toEqual([{ ...own, state: 'ACTIVE' }]);
      expect(await byNumber(former?.value ?? '')).toBe(stands);
      const { enrollmentCase } = desk.answered(
        await desk.ask<{ enrollmentCase: { state: string } }>(
          school.registrar,
          'query ($id: ID!) { enrollmentCase(id: $id) { state } }',
          { id: running.id },
        ),
      );
      expect(enrollmentCase.state).toBe('WITHDRAWN');
      const told = await desk.counter.rows<{ type: string }>(
        'enrollment',
        `select type from event_log where event -> 'data' ->> 'person' = $1 order by seq desc limit 2`,
        [second],
      );
      expect(told.map(({ type }) => type).sort()).toEqual([
        'DuplicateEnrollmentEnded',
        'EnrollmentCaseMoved',
      ]);
      expect(await recount(registry.network.service('statistics').core.worker)).toEqual([]);
    },
  );

  test(
    breaks('ID-18', 'goes on while the decision does not say that it ends, or rests on no evidence'),
    async () => {
      const { stands, second } = await doubled();
      const record = await settling(stands, second);
      for (const [more, code] of [
        [{ endsRegistration: false }, 'ID-18 OTHER_REGISTRATION_RUNNING'],
        [{ evidence: [] }, 'ENR-67 PROBLEM_EVIDENCE_MISSING'],
      ] as const) {
        const order = await merging(stands, more);
        const answer = desk.only(await desk.tryResolve(county.head, record, 'MERGED', order));
        expect(answer.problem).toBeNull();
        expect(standing(answer.findings)).toEqual([code]);
      }
      expect(await counted(second)).toMatchObject({ status: 'IN_SCHOOL' });
      expect(await numbersOf(second)).toMatchObject([{ state: 'ACTIVE' }]);
    },
  );

  test(breaks('ID-18', 'is not ended by a school, nor by the person who worked on the record'), async () => {
    const { stands, second } = await doubled();
    const record = await settling(stands, second);
    const order = await merging(stands);
    expect(errorsOf(await desk.tryResolve(school.head, record, 'MERGED', order))).toEqual([
      'OUT_OF_JURISDICTION',
    ]);
    const both = { ...county.registrar, roles: ['REGISTRAR', 'DECISION_MAKER'] };
    const own = desk.only(await desk.tryResolve(both, record, 'MERGED', order));
    expect(standing(own.findings)).toEqual(['ACC-18 SAME_PERSON_HANDLES_AND_DECIDES']);
    expect(await counted(second)).toMatchObject({ status: 'IN_SCHOOL' });
  });

  test(
    breaks('ID-18', 'is not ended where the child is at school under it alone: no child is lost'),
    async () => {
      const { stands, second } = await doubled();
      const record = await settling(stands, second);
      await desk.counter.change('identity', `update schooling set status = 'ABROAD' where person_id = $1`, [
        stands,
      ]);
      const answer = desk.only(await desk.tryResolve(county.head, record, 'MERGED', await merging(stands)));
      expect(standing(answer.findings)).toEqual(['ID-18 STANDING_RECORD_NOT_AT_SCHOOL']);
      const other = await desk.resolve(county.head, record, 'MERGED', await merging(second));
      expect(other.state).toBe('RESOLVED');
      expect(await counted(stands)).toMatchObject({ status: 'CANCELLED' });
      expect(await counted(second)).toMatchObject({ status: 'IN_SCHOOL' });
    },
  );

  describe('in another county', () => {
    test(
      holds('ID-19', 'is referred by the county to the city, which stands above both and decides'),
      async () => {
        const { stands, second } = await doubled(true);
        const opened = await desk.report(city.registrar, stands, 'DUPLICATE', { other: second });
        const referred = await desk.act(school.registrar, opened, 'REFER');
        expect(referred.turn).toBe('140105');
        const raised = await desk.act(county.registrar, referred, 'REFER');
        expect(raised.turn).toBe('140100');
        const mine = await desk.problems(city.registrar, { mine: true });
        expect(mine.map(({ id, allowedActions }) => [id, allowedActions])).toEqual([[raised.id, ['VERIFY']]]);
        const verifying = await desk.act(city.registrar, raised, 'VERIFY');
        const found = await desk.act(city.registrar, verifying, 'FAULT_FOUND');
        const evidence = [await desk.authorityPaper('140100')];
        const resolved = await desk.resolve(city.head, found, 'MERGED', {
          ...{ standing: stands, endsRegistration: true, evidence },
        });
        expect(resolved.state).toBe('RESOLVED');
        expect(await counted(second)).toMatchObject({ status: 'CANCELLED' });
        const [former] = await numbersOf(second, there.registrar);
        expect(await byNumber(former?.value ?? '', city.registrar)).toBe(stands);
      },
    );

    test(breaks('ID-19', 'is decided by neither county, and by no other city'), async () => {
      const { stands, second } = await doubled(true);
      const opened = await desk.report(city.registrar, stands, 'DUPLICATE', { other: second });
      const verifying = await desk.act(county.registrar, opened, 'VERIFY');
      const record = await desk.act(county.registrar, verifying, 'FAULT_FOUND');
      const yingze = authorityDesks('140106');
      const elsewhere = authorityDesks('410500', 'CITY');
      for (const who of [county.head, yingze.head, elsewhere.head]) {
        const refused = await desk.tryResolve(who, record, 'MERGED', await merging(stands));
        expect(errorsOf(refused)).toEqual(['OUT_OF_JURISDICTION']);
      }
      expect(await counted(second)).toMatchObject({ status: 'IN_SCHOOL' });
    });
  });
});
