import { randomUUID } from 'node:crypto';
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
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

/** A school that the receiving county arranges for a family whose school of choice is full. */
describe('an arranged school', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let families: ApplicationDesk;
  const city = authorityDesks('140100', 'CITY');

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    families = applicationDeskOf(desk);
    await desk.counter.change(
      'enrollment',
      `insert into school_class (class_id, school, place, stage, entry_year_adj, name, capacity, size, version)
       select $1, code, place, 'PRIMARY', $3, '二年级1班', 0, 0, 1 from school_ref where code = $2`,
      [randomUUID(), receiving.school, SECOND_GRADE],
    );
  });
  afterAll(() => registry?.stop());

  /** So many places of the grade are free, whoever is in it and whatever is held. */
  const places = (free: number) =>
    desk.counter.change(
      'enrollment',
      `update school_class set capacity = $3 +
         (select count(*) from enrollment where school = $1 and entry_year_adj = $2 and active) +
         (select count(*) from place_reservation where school = $1 and state = 'HELD') where school = $1`,
      [receiving.school, SECOND_GRADE, free],
    );
  type Waiting = { child: Pupil; parent: Desk; waiting: Application };
  const asked = async (): Promise<Waiting> => {
    await places(0);
    const child = await desk.pupil();
    const parent = await families.familyOf(child);
    const application = await families.after(families.apply(parent, child));
    const declined = await families.after(
      families.decline(receiving.head, application, { reasons: ['NO_PLACE_AVAILABLE'] }),
    );
    const waiting = await families.after(families.requestArrangement(parent, declined));
    await places(1);
    return { child, parent, waiting };
  };
  const arranged = async (): Promise<Waiting> => {
    const { waiting, ...of } = await asked();
    return { ...of, waiting: await families.after(families.arrange(yingze, waiting, receiving.school)) };
  };
  const another = async () => codes(await desk.initiate(receiving, await desk.pupil()));
  const draftOf = (application: Application) => families.takenUp(receiving, application);

  test(holds('TRF-43', 'is proposed by the registrar of the county and decided by its head'), async () => {
    const { parent, waiting } = await asked();
    const proposed = await families.after(
      families.propose(yingze.registrar, waiting, { school: receiving.school }),
    );
    expect(proposed).toMatchObject({ state: 'ARRANGING', proposedSchool: { id: receiving.school } });
    expect((await families.seen(parent, waiting.id)).proposedSchool).toBeNull();
    expect((await families.seen(yingze.head, waiting.id)).allowedActions).toEqual(['ARRANGE_SCHOOL']);
    const decided = await families.after(families.arrangeProposed(yingze.head, proposed));
    expect(decided).toMatchObject({
      ...{ state: 'APPLIED', arranged: true, school: { id: receiving.school } },
      ...{ proposedSchool: null, placeKeptUntil: '2026-12-01' },
    });
    await families.after(families.withdraw(parent, await families.seen(parent, waiting.id)));
    await desk.atRest();
  });

  test(
    breaks('TRF-43', 'is not decided by who proposed it, nor without a proposal, nor by another authority'),
    async () => {
      const { waiting } = await asked();
      expect(codes(await families.arrangeProposed(yingze.head, waiting))).toEqual(['SCHOOL_NOT_PROPOSED']);
      const both: Desk = { ...yingze.registrar, roles: ['REGISTRAR', 'DECISION_MAKER'] };
      const refused = await families.arrange({ registrar: both, head: both }, waiting, receiving.school);
      expect(refused.findings.map(({ ruleId, code }) => `${ruleId} ${code}`)).toEqual([
        'TRF-43 SAME_PERSON_HANDLED_AND_DECIDED',
      ]);
      const seen = await families.seen(yingze.head, waiting.id);
      expect(seen).toMatchObject({ state: 'ARRANGING', placeKeptUntil: null });
      expect((await families.seen(both, waiting.id)).allowedActions).toEqual(['PROPOSE_SCHOOL']);
      for (const who of [city.head, xiaodian.head]) {
        const { errors } = await families.tryOn(who, 'arrangeSchool', 'ArrangeSchoolInput', {
          ...{ application: waiting.id, expectedVersion: seen.version },
        });
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      }
      expect(await desk.placeOf(waiting.id)).toBeUndefined();
    },
  );

  test(breaks('TRF-09', 'keeps its place for the family: nobody else is given the last one'), async () => {
    const { waiting } = await arranged();
    expect(await desk.placeOf(waiting.id)).toBe('HELD');
    expect(await another()).toContain('NO_PLACE_AVAILABLE');
    const draft = await draftOf(waiting);
    expect(await another()).toContain('NO_PLACE_AVAILABLE');
    const begun = await desk.after(desk.decide(receiving.head, draft, 'APPROVE'));
    expect(await desk.placeOf(begun.id)).toBe('HELD');
    expect(await another()).toContain('NO_PLACE_AVAILABLE');
    await desk.approve(sending, begun);
    await desk.approve(xiaodian, begun);
    await desk.approve(yingze, begun);
    await desk.atRest();
    await desk.atRest();
    expect(await desk.placeOf(begun.id)).toBe('TAKEN');
    expect(await desk.placeOf(waiting.id)).toBe('RELEASED');
    expect(await another()).toContain('NO_PLACE_AVAILABLE');
  });

  test(
    holds('TRF-09', 'takes one place and not two: with a second one free another pupil comes in'),
    async () => {
      const { parent, waiting } = await arranged();
      const begun = await desk.after(desk.decide(receiving.head, await draftOf(waiting), 'APPROVE'));
      await desk.counter.change(
        'enrollment',
        'update school_class set capacity = capacity + 1 where school = $1',
        [receiving.school],
      );
      expect(await another()).toEqual([]);
      await desk.after(desk.withdraw(parent, begun));
      await desk.atRest();
      await desk.atRest();
    },
  );

  test(
    holds('TRF-10', 'gives its place back when the family withdraws, or nobody starts for 90 days'),
    async () => {
      const withdrawn = await arranged();
      await families.after(families.withdraw(withdrawn.parent, withdrawn.waiting));
      await desk.atRest();
      expect(await desk.placeOf(withdrawn.waiting.id)).toBe('RELEASED');
      const { parent, waiting } = await arranged();
      registry.clock.moveTo('2026-12-01T23:00:00+08:00');
      await desk.atRest();
      expect(await desk.placeOf(waiting.id)).toBe('HELD');
      registry.clock.moveTo('2026-12-02T00:00:00+08:00');
      await desk.atRest();
      expect(await desk.placeOf(waiting.id)).toBe('RELEASED');
      expect(await families.seen(parent, waiting.id)).toMatchObject({
        state: 'APPLIED',
        placeKeptUntil: null,
      });
    },
  );

  test(breaks('TRF-09', 'leaves no place behind where the arrangement could not be written'), async () => {
    const { waiting } = await asked();
    const proposed = await families.after(
      families.propose(yingze.registrar, waiting, { school: receiving.school }),
    );
    const largest = 2 ** 31 - 1;
    await desk.counter.change(
      'transfer',
      'update transfer_application set version = $2 where application_id = $1',
      [...[waiting.id, largest]],
    );
    const { errors } = await families.tryOn(yingze.head, 'arrangeSchool', 'ArrangeSchoolInput', {
      ...{ application: proposed.id, expectedVersion: largest },
    });
    expect(errors).toHaveLength(1);
    expect(await desk.placeOf(waiting.id)).toBe('RELEASED');
  });
});
