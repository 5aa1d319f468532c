import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import { type Counter, codesOf, counterOf, type Registration, taiyuanPrimary } from './counter.ts';
import { type MarkDesk, markDeskOf } from './mark-desk.ts';
import { schoolWith } from './old-pupils.ts';
import { girl } from './pupils.ts';

/** Pupils from abroad and of joint programmes, between school, city and registry authority (W-05). */
describe('a pupil from abroad', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let marks: MarkDesk;
  let senior: SchoolFact;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    marks = markDeskOf(desk);
    senior = await schoolWith(registry, 'SENIOR');
  });
  afterAll(() => registry?.stop());

  const city = authorityDesks('140100', 'CITY');

  const foreigner = (sequence: number, more: Record<string, unknown> = {}) =>
    girl(sequence, {
      name: `外籍${'甲乙丙丁戊己庚辛壬癸'.charAt(sequence)}`,
      idDocumentType: 'PASSPORT',
      idDocumentNumber: `E7654321${sequence}`,
      nationalityOrRegion: '840',
      overseasCategory: 'FOREIGN',
      ethnicGroup: null,
      ...more,
    });

  describe('at a primary school', () => {
    test(holds('ENR-17', 'is registered with a local place and a valid document'), async () => {
      const { enrollment, findings } = await counter.register(taiyuanPrimary, foreigner(0), {
        overseas: { locallyAdmitted: true, documentValidUntil: '2026-09-02' },
      });
      expect(findings).toEqual([]);
      expect(enrollment).toMatchObject({ status: 'PENDING_APPROVAL', channel: 'OVERSEAS' });
      const { decided } = await counter.decide('xiaodian', 'APPROVE', enrollment ? [enrollment] : []);
      expect(decided).toBe(1);
      await registry.settled();
      const told = await counter.rows<{ category: string }>(
        'enrollment',
        `select event->'data'->>'category' as category from event_log where type = 'OverseasStudentRecorded'`,
      );
      expect(told).toEqual([{ category: 'FOREIGN' }]);
    });

    test(breaks('ENR-17', 'is refused without a local place, and with a document out of date'), async () => {
      for (const [overseas, codes] of [
        [null, ['LOCAL_ADMISSION_MISSING']],
        [{ locallyAdmitted: false }, ['LOCAL_ADMISSION_MISSING']],
        [{ locallyAdmitted: true, documentValidUntil: '2026-09-01' }, ['IDENTITY_DOCUMENT_MISSING']],
      ] as const) {
        const answer = await counter.register(taiyuanPrimary, foreigner(1), { overseas });
        expect(answer.enrollment).toBeNull();
        expect(codesOf(answer.findings)).toEqual(codes);
      }
    });
  });

  describe('of a senior joint programme', () => {
    const joint = (sequence: number) =>
      counter.registered(
        senior.code,
        foreigner(sequence, { birthDate: '2011-05-06', gradeName: '高一', overseasCategory: 'FOREIGN' }),
        { overseas: { locallyAdmitted: true, jointProgramme: true } },
      );
    const of = ({ id, version }: Pick<Registration, 'id' | 'version'>, more: Record<string, unknown>) => ({
      enrollment: id,
      expectedVersion: version,
      ...more,
    });
    const answer = (
      who: Desk,
      pupil: Pick<Registration, 'id' | 'version'>,
      decision = 'CONFIRM',
      kind = 'JOINT_PROGRAMME',
    ) =>
      marks.mark(
        who,
        'decideCityMatter',
        'DecideCityMatterInput',
        of(pupil, { kind, decision, reason: '已核对' }),
      );
    const ask = (pupil: Pick<Registration, 'id' | 'version'>, kind: string) =>
      marks.mark(
        schoolDesks(senior.code).registrar,
        'requestCityConfirmation',
        'CityConfirmationInput',
        of(pupil, { kind, explanation: '护照遗失，使馆证明待补' }),
      );

    test(holds('ENR-18', 'is confirmed by the city, and then approved'), async () => {
      const pupil = await joint(2);
      const { data } = await desk.ask<{
        cityMatters: { edges: { node: { kind: string; state: string } }[] };
      }>(city.registrar, '{ cityMatters(mine: true, state: PENDING) { edges { node { kind state } } } }');
      expect(data?.cityMatters.edges.map(({ node }) => node)).toEqual([
        { kind: 'JOINT_PROGRAMME', state: 'PENDING' },
      ]);
      expect((await answer(city.head, pupil)).findings).toEqual([]);
      const { decided } = await counter.decide('xiaodian', 'APPROVE', [pupil]);
      expect(decided).toBe(1);
      await registry.settled();
    });

    test(breaks('ENR-18', 'is not approved before the city has confirmed it'), async () => {
      const pupil = await joint(3);
      const { decided, results } = await counter.decide('xiaodian', 'APPROVE', [pupil], { reason: '同意' });
      expect(decided).toBe(0);
      expect(codesOf(results[0]?.findings ?? [])).toEqual(['CITY_CONFIRMATION_MISSING']);
      const { errors } = await marks.tryMark(
        authorityDesks('410500', 'CITY').head,
        'decideCityMatter',
        'DecideCityMatterInput',
        {
          ...of(pupil, { kind: 'JOINT_PROGRAMME', decision: 'CONFIRM', reason: '同意' }),
        },
      );
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    });

    test('that the city does not confirm goes back to the school', async () => {
      const pupil = await joint(4);
      const { enrollment } = await answer(city.head, pupil, 'DECLINE');
      expect(enrollment?.status).toBe('RETURNED_TO_SCHOOL');
      await registry.settled();
    });

    test(holds('ENR-19', 'a special situation is explained to the city and handled there'), async () => {
      const pupil = await joint(5);
      await answer(city.head, pupil);
      expect((await ask(pupil, 'SPECIAL_CASE')).findings).toEqual([]);
      expect((await answer(city.head, pupil, 'CONFIRM', 'SPECIAL_CASE')).findings).toEqual([]);
      expect((await counter.decide('xiaodian', 'APPROVE', [pupil])).decided).toBe(1);
    });

    test(breaks('ENR-19', 'a special situation keeps the registration waiting for the city'), async () => {
      const pupil = await joint(6);
      await answer(city.head, pupil);
      await ask(pupil, 'SPECIAL_CASE');
      const { decided, results } = await counter.decide('xiaodian', 'APPROVE', [pupil], { reason: '同意' });
      expect(decided).toBe(0);
      expect(codesOf(results[0]?.findings ?? [])).toEqual(['SPECIAL_CASE_CITY']);
      expect(codesOf((await ask(pupil, 'SPECIAL_CASE')).findings)).toEqual(['NOT_WAITING_FOR_CITY']);
    });
  });
});
