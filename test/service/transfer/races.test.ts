import { randomUUID } from 'node:crypto';
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
  yingze,
} from './transfer-desk.ts';

const note = '情况属实';

/** What else happens to a pupil, a school or the calendar while a case runs; tests follow one another in time. */
describe('a transfer meets', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let late: { child: Pupil; begun: Transfer };
  let identity: Awaited<ReturnType<typeof identityDeskOf>>;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    identity = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const enrollment = () => registry.network.service('enrollment').core;
  const settle = async (): Promise<void> => {
    await registry.settled();
    await desk.atRest();
  };
  const schoolOf = async ({ person }: Pupil) => (await desk.registrationOf(person))?.school;
  const stateOf = async ({ id }: Pick<Transfer, 'id'>) => (await desk.seen(receiving.head, id)).state;
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

  test(holds('TRF-34', 'its last approval in the last second of the ninetieth day'), async () => {
    const [child, other] = [await desk.pupil(), await desk.pupil()];
    const begun = await desk.nearlyApproved(child);
    late = { child: other, begun: await desk.nearlyApproved(other) };
    registry.clock.moveTo('2026-12-01T23:59:59+08:00');
    await settle();
    await desk.approve(yingze, begun, { note });
    await settle();
    expect([await stateOf(begun), await schoolOf(child)]).toEqual(['HANDED_OVER', receiving.school]);
  });

  test(breaks('TRF-34', 'its expiry at the moment of its last approval, and comes to one end'), async () => {
    const { child, begun } = late;
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
      ['PURGED', sending.school, 'RELEASED'],
      ['HANDED_OVER', receiving.school, 'TAKEN'],
    ]).toContainEqual([state, school, place]);
  });
});
