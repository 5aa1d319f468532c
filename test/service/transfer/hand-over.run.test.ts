import { randomUUID } from 'node:crypto';
import { moveRegistration } from '#libs/contracts/commands/hand-over-registration.ts';
import { GradeChanged, StudentSuspended } from '#libs/contracts/events/enrollment-status.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { Effect } from '#services/enrollment/cases/plan.ts';
import { lockRegistration } from '#services/enrollment/cases/situation.ts';
import { changeStatus } from '#services/enrollment/cases/status-change.ts';
import { readEnrollmentId } from '#services/enrollment/enrollment-id.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  type Pupil,
  receiving,
  SECOND_GRADE,
  sending,
  type Transfer,
  type TransferDesk,
  transferDeskOf,
  yingze,
} from './transfer-desk.ts';

/** From the last approval until the registration has moved. */
describe('the hand-over of a transfer', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const change = (text: string, parameters: unknown[]) => desk.counter.change('enrollment', text, parameters);
  const state = async (id: string) => (await desk.seen(receiving.head, id)).state;

  /** What a death of the process after the last approval leaves behind: the approvals alone. */
  const leftApproved = (id: string) =>
    desk.counter.change(
      'transfer',
      `update transfer_case set state = 'APPROVED', ended_at = null, version = version + 1 where case_id = $1`,
      [id],
    );

  /** A case that everybody has approved, and that the worker does not look at before this time of the day. */
  const approvedUntil = async (child: Pupil, time: string): Promise<Transfer> => {
    const begun = await desk.nearlyApproved(child);
    await desk.counter.change('transfer', 'update transfer_case set waits_until = $2 where case_id = $1', [
      begun.id,
      `2026-09-02T${time}+08:00`,
    ]);
    expect((await desk.approve(yingze, begun)).state).toBe('APPROVED');
    return begun;
  };
  const lookAt = async (time: string): Promise<void> => {
    registry.clock.moveTo(`2026-09-02T${time}+08:00`);
    await desk.atRest();
  };
  /** Another matter of the registration, told by its event, leads to a newer version. */
  const comesTo = async (child: Pupil, effect: Effect): Promise<void> => {
    const { worker, clock, wakeRelay } = registry.network.service('enrollment').core;
    await asWorker(worker, async (tx) => {
      const { person, enrollment } = readEnrollmentId(child.enrollment);
      const registration = await lockRegistration(tx, person, enrollment);
      if (registration === undefined) throw new Error('The pupil has no such registration');
      await changeStatus(tx, clock.now(), registration, effect, null);
    });
    wakeRelay();
  };

  test(holds('TRF-01', 'is taken up where a process died between the move and the note of it'), async () => {
    const child = await desk.pupil();
    const begun = await desk.nearlyApproved(child);
    await desk.approve(yingze, begun);
    await desk.atRest();
    const moved = await desk.registrationOf(child.person);
    expect(moved?.school).toBe(receiving.school);
    await leftApproved(begun.id);
    await desk.atRest();
    expect(await state(begun.id)).toBe('HANDED_OVER');
    expect(await desk.registrationOf(child.person)).toEqual(moved);
  });

  test(holds('TRF-01', 'goes on with the version that the registration has come to meanwhile'), async () => {
    const child = await desk.pupil();
    const begun = await approvedUntil(child, '09:00:30');
    await comesTo(child, { event: GradeChanged, status: 'IN_SCHOOL' });
    await lookAt('09:00:30');
    expect(await state(begun.id)).toBe('HANDED_OVER');
    expect((await desk.registrationOf(child.person))?.school).toBe(receiving.school);
  });

  test(breaks('TRF-19', 'does not follow the last approval of a pupil who is suspended by now'), async () => {
    const child = await desk.pupil();
    const begun = await desk.nearlyApproved(child);
    await change(`update enrollment set status = 'SUSPENDED' where person_id = $1`, [child.person]);
    const handled = await desk.after(desk.handle(yingze.registrar, await desk.seen(yingze.head, begun.id)));
    const refused = await desk.decide(yingze.head, handled, 'APPROVE');
    expect(codes(refused)).toEqual(['SUSPENDED']);
    expect(await state(begun.id)).toBe('AUTHORITIES_REVIEW');
  });

  test(
    breaks('TRF-01', 'ends the case with what stands against it where the law no longer lets it'),
    async () => {
      const other = await desk.pupil();
      const waiting = await approvedUntil(other, '09:01:00');
      await comesTo(other, { event: StudentSuspended, status: 'SUSPENDED' });
      await lookAt('09:01:00');
      const ended = await desk.seen(receiving.head, waiting.id);
      expect(ended).toMatchObject({ state: 'REJECTED', findings: [{ code: 'SUSPENDED' }] });
      expect(await desk.placeOf(waiting.id)).toBe('RELEASED');
      expect((await desk.registrationOf(other.person))?.school).toBe(sending.school);
      expect((await desk.eventsOf(waiting.id)).at(-1)).toBe('TransferRejected');
    },
  );

  test(
    holds('TRF-09', 'holds another place where the first is gone, and waits while there is none'),
    async () => {
      const child = await desk.pupil();
      const begun = await desk.nearlyApproved(child);
      await change(
        `update place_reservation set state = 'RELEASED', ended_at = now() where transfer_id = $1`,
        [begun.id],
      );
      await change(
        `insert into school_class (class_id, school, place, stage, entry_year_adj, name, capacity, size, version)
       select $1, $2, place, 'PRIMARY', $3, '满班', 0, 0, 1 from school_ref where code = $2`,
        [randomUUID(), receiving.school, SECOND_GRADE],
      );
      await desk.approve(yingze, begun);
      await desk.atRest();
      const waiting = await desk.seen(receiving.head, begun.id);
      expect(waiting.state).toBe('APPROVED');
      expect(waiting.blockers.map(({ finding }) => finding.code)).toContain('AWAITS_PLACE');
      expect((await desk.registrationOf(child.person))?.school).toBe(sending.school);
      await change(`update school_class set capacity = 45 where school = $1 and name = '满班'`, [
        receiving.school,
      ]);
      registry.clock.moveTo('2026-09-02T09:10:00+08:00');
      await desk.atRest();
      expect(await state(begun.id)).toBe('HANDED_OVER');
    },
  );

  test(breaks('TRF-09', 'a full grade starts no case, and a preview says who could help'), async () => {
    const child = await desk.pupil();
    const draft = await desk.after(desk.initiate(receiving, child));
    await change(`update school_class set capacity = 0 where school = $1 and name = '满班'`, [
      receiving.school,
    ]);
    const refused = await desk.decide(receiving.head, draft, 'APPROVE');
    expect(codes(refused)).toEqual(['NO_PLACE_AVAILABLE']);
    expect(await desk.placeOf(draft.id)).toBeUndefined();
    const { previewTransfer } = desk.desk.answered(
      await desk.desk.ask<{
        previewTransfer: {
          blockers: { finding: { code: string }; side: string; removedBy: string }[];
          parties: { party: string; unit: string }[];
          purgeOn: string;
        };
      }>(
        receiving.registrar,
        `query ($input: TransferInput!) { previewTransfer(input: $input) {
           blockers { finding { code } side removedBy } parties { party unit } purgeOn } }`,
        { input: desk.wanted(await desk.pupil()) },
      ),
    );
    expect(previewTransfer.blockers).toContainEqual({
      finding: { code: 'NO_PLACE_AVAILABLE' },
      side: 'TARGET',
      removedBy: 'SCHOOL',
    });
    expect(previewTransfer.parties.map(({ party, unit }) => `${party} ${unit}`)).toEqual([
      `TARGET_SCHOOL ${receiving.school}`,
      // No form of the family's is named: the authority is told, and not the school.
      'SOURCE_SCHOOL 140105',
      'SOURCE_AUTHORITY 140105',
      'TARGET_AUTHORITY 140106',
    ]);
    await change(`update school_class set capacity = 45 where school = $1 and name = '满班'`, [
      receiving.school,
    ]);
  });

  test('says why it waits where its move fails for a fault, and keeps nobody behind it waiting', async () => {
    const [failing, next] = [await desk.pupil(), await desk.pupil()];
    const [first, second] = [await approvedUntil(failing, '09:20:00'), await approvedUntil(next, '09:20:00')];
    const { bus } = desk.service().core;
    const { request: unbound } = bus;
    const request = unbound.bind(bus);
    bus.request = async (subject, payload, timeout) =>
      subject === moveRegistration.subject && (payload as { transfer: string }).transfer === first.id
        ? { ok: false, code: 'INTERNAL', message: 'a fault' }
        : request(subject, payload, timeout);
    try {
      await lookAt('09:20:00');
    } finally {
      bus.request = unbound;
    }
    const waiting = await desk.seen(receiving.head, first.id);
    expect(waiting.state).toBe('APPROVED');
    expect(waiting.blockers).toEqual([
      { finding: { code: 'MOVE_FAILED' }, side: null, removedBy: 'MINISTRY' },
    ]);
    expect(await state(second.id)).toBe('HANDED_OVER');
    await lookAt('09:21:00');
    expect(await state(first.id)).toBe('HANDED_OVER');
  });

  test('waits while another matter of the registration runs, and goes on when it has ended', async () => {
    const child = await desk.pupil();
    const begun = await approvedUntil(child, '09:30:00');
    const other = randomUUID();
    await change(
      `insert into enrollment_case (person_id, case_id, enrollment_id, school, place, province, kind, state, parties,
         facts, findings, policy_on, opened_at, opened_by, version)
       select person_id, $2, enrollment_id, school, place, province, 'SUSPENSION', 'RUNNING', '{SCHOOL}', '{}', '[]',
         '2026-09-02', now(), 'somebody', 1 from enrollment where person_id = $1 and active`,
      [child.person, other],
    );
    await lookAt('09:30:00');
    const waiting = await desk.seen(receiving.head, begun.id);
    expect(waiting).toMatchObject({ state: 'APPROVED' });
    expect(waiting.blockers.map(({ finding }) => finding.code)).toEqual(['AWAITS_OTHER_CASE']);
    await change(`update enrollment_case set state = 'WITHDRAWN', ended_at = now() where case_id = $1`, [
      other,
    ]);
    await lookAt('09:40:00');
    expect(await state(begun.id)).toBe('HANDED_OVER');
  });
});
