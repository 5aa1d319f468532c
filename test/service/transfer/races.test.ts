import { randomUUID } from 'node:crypto';
import { schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Merging, mergingOf } from '#test/service/enrollment/merging.ts';
import { identityDeskOf } from '#test/service/identity/identity-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { changeRegistration } from './registration-changes.ts';
import {
  codes,
  guardian,
  type Pupil,
  receiving,
  sending,
  type Transfer,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

const closing = '2114000003';
const closingDesk = schoolDesks(closing);
const note = '情况属实';

/** What else happens to a pupil, a school or the calendar while a case runs; tests follow one another in time. */
describe('a transfer meets', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let merging: Merging;
  let identity: Awaited<ReturnType<typeof identityDeskOf>>;
  const kept = new Map<string, { child: Pupil; begun: Transfer }>();

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    merging = mergingOf(registry);
    identity = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const enrollment = () => registry.network.service('enrollment').core;
  const settle = async (): Promise<void> => {
    await registry.settled();
    await desk.atRest();
  };
  const moveTo = async (instant: string): Promise<void> => {
    registry.clock.moveTo(`${instant}+08:00`);
    for (const name of ['enrollment', 'organization'] as const) {
      await registry.network.service(name).atRest();
      await settle();
    }
  };
  const schoolOf = async ({ person }: Pupil) => (await desk.registrationOf(person))?.school;
  const stateOf = async ({ id }: Pick<Transfer, 'id'>) => (await desk.seen(receiving.head, id)).state;
  const keptAs = (name: string): { child: Pupil; begun: Transfer } => {
    const found = kept.get(name);
    if (found === undefined) throw new Error(`Nothing was kept as ${name}`);
    return found;
  };
  /** The last of two heads decides and something else happens, at the same moment. */
  const whileApproved = async (begun: Transfer, other: () => Promise<unknown>): Promise<void> => {
    const { id } = begun;
    const handled = await desk.after(desk.handle(yingze.registrar, await desk.seen(yingze.registrar, id)));
    const order = { transfer: id, expectedVersion: handled.version, decision: 'APPROVE' };
    await Promise.all([
      desk.tryOn(yingze.head, 'decideTransferStep', 'DecideTransferStepInput', order),
      other(),
    ]);
    await settle();
  };

  test(
    holds('TRF-02', 'a withdrawal at the moment of its last approval, and one of the two counts'),
    async () => {
      const child = await desk.pupil();
      const parent = guardian(`of-${child.person}`);
      await desk.counter.change(
        'transfer',
        'insert into standing_ref (subject, person_id, since) values ($1, $2, now())',
        [parent.sub, child.person],
      );
      const begun = await desk.nearlyApproved(child);
      await whileApproved(begun, async () => {
        const { version } = await desk.seen(parent, begun.id);
        const order = { transfer: begun.id, expectedVersion: version };
        return desk.tryOn(parent, 'withdrawTransfer', 'WithdrawTransferInput', order);
      });
      const [state, school, place] = [
        await stateOf(begun),
        await schoolOf(child),
        await desk.placeOf(begun.id),
      ];
      expect([
        ['WITHDRAWN', sending.school, 'RELEASED'],
        ['HANDED_OVER', receiving.school, 'TAKEN'],
      ]).toContainEqual([state, school, place]);
    },
  );

  test(breaks('ENR-31', 'the graduation of its pupil, and is purged with its place free'), async () => {
    const child = await desk.pupil();
    const begun = await desk.nearlyApproved(child);
    registry.clock.moveTo('2026-09-02T09:00:10+08:00');
    await changeRegistration(enrollment(), child.person, () => 'graduated');
    await settle();
    const purged = await desk.seen(receiving.head, begun.id);
    expect(purged).toMatchObject({ state: 'PURGED', findings: [{ code: 'PURGED_BY_GRADUATION' }] });
    expect(await desk.placeOf(begun.id)).toBe('RELEASED');
    expect((await desk.eventsOf(begun.id)).at(-1)).toBe('TransferPurged');
  });

  test(holds('ENR-31', 'the graduation of somebody else, and goes on'), async () => {
    const [child, other] = [await desk.pupil(), await desk.pupil()];
    const begun = await desk.started(child);
    await changeRegistration(enrollment(), other.person, () => 'graduated');
    await settle();
    expect(await stateOf(begun)).toBe('SOURCE_SCHOOL_REVIEW');
    const late = await desk.initiate(receiving, other);
    expect(codes(late)).toContain('STATUS_NOT_TRANSFERABLE');
  });

  test(breaks('TRF-21', 'the death of its pupil, and moves nothing'), async () => {
    const child = await desk.pupil();
    const begun = await desk.nearlyApproved(child);
    await changeRegistration(enrollment(), child.person, () => 'dead');
    const handled = await desk.after(
      desk.handle(yingze.registrar, await desk.seen(yingze.registrar, begun.id)),
    );
    expect(codes(await desk.decide(yingze.head, handled, 'APPROVE'))).toEqual(['NO_ACTIVE_REGISTRATION']);
    expect(codes(await desk.initiate(third, child))).toEqual(['NO_ACTIVE_REGISTRATION']);
  });

  test(
    holds('ENR-32', 'an open problem record and a temporary number, and is no worse for them'),
    async () => {
      const child = await desk.pupil();
      const problem = await identity.report(sending.registrar, child.person, 'FALSE_INFORMATION');
      expect(problem.state).toBe('OPEN');
      const [number] = await desk.counter.rows<{ kind: string }>(
        'identity',
        `select kind from student_number where person_id = $1 and state = 'ACTIVE'`,
        [child.person],
      );
      expect(number?.kind).toBe('L_TEMPORARY');
      await desk.approve(yingze, await desk.nearlyApproved(child));
      await settle();
      expect(await schoolOf(child)).toBe(receiving.school);
    },
  );

  test(breaks('TRF-01', 'a pupil who is registered at the receiving school already'), async () => {
    const answer = await desk.initiate(sending, await desk.pupil());
    expect(codes(answer)).toEqual(['ACTIVE_ENROLLMENT_EXISTS']);
  });

  test(breaks('TRF-09', 'a class that is full, although the grade is not'), async () => {
    const schoolClass = randomUUID();
    await desk.counter.change(
      'enrollment',
      `insert into school_class (class_id, school, place, stage, entry_year_adj, name, capacity, size, version)
       select $1, code, place, 'PRIMARY', 2025, '满班', 1, 1, 1 from school_ref where code = $2`,
      [schoolClass, third.school],
    );
    await desk.counter.change(
      'enrollment',
      `insert into school_class (class_id, school, place, stage, entry_year_adj, name, capacity, size, version)
       select $1, code, place, 'PRIMARY', 2025, '空班', 45, 0, 1 from school_ref where code = $2`,
      [randomUUID(), third.school],
    );
    const answer = await desk.initiate(third, await desk.pupil(), { schoolClass });
    expect(codes(answer)).toEqual(['NO_PLACE_AVAILABLE']);
  });

  test(breaks('TRF-17', 'a grade that the receiving school does not have'), async () => {
    const answer = await desk.initiate(receiving, await desk.pupil(), { grade: 9 });
    expect(answer.transfer).toBeNull();
    expect(codes(answer)).toContain('GRADE_NOT_AT_SCHOOL');
  });

  test(holds('TRF-01', 'the merger of its sending school, which the other school carries on'), async () => {
    const child = await desk.pupil();
    const begun = await desk.started(child);
    await desk.after(desk.handle(sending.registrar, begun));
    const into = await desk.after(desk.initiate({ registrar: closingDesk.registrar }, await desk.pupil()));
    kept.set('into a school that ends', { child, begun: into });
    for (const name of ['expiry', 'second of expiry']) {
      const other = await desk.pupil();
      kept.set(name, { child: other, begun: await desk.nearlyApproved(other) });
    }
    kept.set('promotion', { child: await desk.pupil(), begun });
    const merger = { standing: third.school, ending: [sending.school, closing], from: '2026-09-21' };
    expect((await merging.merge(merger)).findings).toEqual([]);
    await settle();
    await moveTo('2026-09-21T09:00:00');
    expect(await schoolOf(child)).toBe(third.school);
    const seen = await desk.seen(third.registrar, begun.id);
    expect(seen).toMatchObject({ state: 'SOURCE_SCHOOL_REVIEW', source: { id: third.school } });
    expect(seen.steps.at(-1)).toMatchObject({ unit: third.school, handledAt: null, decision: null });
    await desk.approve(third, seen);
    await desk.approve(xiaodian, seen, { note });
    await desk.approve(yingze, seen, { note });
    await settle();
    expect([await stateOf(begun), await schoolOf(child)]).toEqual(['HANDED_OVER', receiving.school]);
  });

  test('the end of its receiving school, and is not started any more', async () => {
    const { begun } = keptAs('into a school that ends');
    const draft = await desk.seen(closingDesk.head, begun.id);
    const refused = await desk.decide(closingDesk.head, draft, 'APPROVE');
    expect(codes(refused)).toContain('TARGET_SCHOOL_NOT_ACTIVE');
  });

  test(holds('TRF-34', 'its last approval in the last second of the ninetieth day'), async () => {
    const { child, begun } = keptAs('expiry');
    await moveTo('2026-12-01T23:59:59');
    await desk.approve(yingze, begun, { note });
    await settle();
    expect([await stateOf(begun), await schoolOf(child)]).toEqual(['HANDED_OVER', receiving.school]);
  });

  test(breaks('TRF-34', 'its expiry at the moment of its last approval, and comes to one end'), async () => {
    const { child, begun } = keptAs('second of expiry');
    await whileApproved(begun, async () => {
      registry.clock.moveTo('2026-12-02T00:00:00+08:00');
      await desk.atRest();
    });
    const [state, school, place] = [
      await stateOf(begun),
      await schoolOf(child),
      await desk.placeOf(begun.id),
    ];
    expect([
      ['PURGED', third.school, 'RELEASED'],
      ['HANDED_OVER', receiving.school, 'TAKEN'],
    ]).toContainEqual([state, school, place]);
  });

  test(holds('TRF-17', 'the promotion of August, and goes on in the grade of its start'), async () => {
    const { child } = keptAs('promotion');
    await moveTo('2027-07-14T10:00:00');
    const begun = await desk.started(child, receiving, { appliedOn: '2027-07-14' });
    await desk.approve(third, begun);
    await desk.approve(xiaodian, begun, { note });
    await moveTo('2027-08-11T00:00:00');
    await desk.approve(yingze, begun, { note });
    await settle();
    expect(await stateOf(begun)).toBe('HANDED_OVER');
    const [row] = await desk.counter.rows<{ school: string; cohort: number }>(
      'enrollment',
      'select school, entry_year_adj as cohort from enrollment where person_id = $1 and active',
      [child.person],
    );
    expect(row).toEqual({ school: receiving.school, cohort: 2025 });
  });
});
