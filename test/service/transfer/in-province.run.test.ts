import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
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

describe('a transfer from one district of Taiyuan to another', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  test(
    holds('TRF-02', 'goes from the receiving school’s draft to the moved registration, everybody in turn'),
    async () => {
      const child = await desk.pupil();
      const draft = await desk.after(desk.initiate(receiving, child));
      expect(draft).toMatchObject({
        state: 'DRAFT',
        student: { id: child.person },
        source: { id: sending.school },
        target: { id: receiving.school },
        steps: [{ party: 'TARGET_SCHOOL', unit: receiving.school, decision: null }],
      });
      expect(await desk.placeOf(draft.id)).toBeUndefined();
      const begun = await desk.after(desk.decide(receiving.head, draft, 'APPROVE'));
      expect(begun).toMatchObject({ state: 'SOURCE_SCHOOL_REVIEW', purgeOn: '2026-12-01' });
      expect(await desk.placeOf(draft.id)).toBe('HELD');
      const both = await desk.approve(sending, begun);
      expect(both.state).toBe('AUTHORITIES_REVIEW');
      expect(both.steps.slice(2)).toMatchObject([
        { party: 'SOURCE_AUTHORITY', unit: '140105' },
        { party: 'TARGET_AUTHORITY', unit: '140106' },
      ]);
      await desk.approve(yingze, both);
      const done = await desk.approve(xiaodian, both);
      expect(['APPROVED', 'HANDED_OVER']).toContain(done.state);
      await desk.atRest();
      expect(await desk.seen(receiving.head, draft.id)).toMatchObject({ state: 'HANDED_OVER', blockers: [] });
      expect(await desk.registrationOf(child.person)).toMatchObject({
        school: receiving.school,
        status: 'IN_SCHOOL',
      });
      expect(await desk.placeOf(draft.id)).toBe('TAKEN');
      expect(await desk.eventsOf(draft.id)).toEqual([
        ...['TransferDrafted', 'TransferStepOpened', 'TransferInitiated', 'TransferStepOpened'],
        ...['SourceSchoolDecided', 'TransferStepOpened', 'TransferStepOpened'],
        ...['AuthorityDecided', 'AuthorityDecided', 'TransferCompleted'],
      ]);
      await registry.settled();
      const kept = await desk.counter.rows<{ n: number }>(
        'enrollment',
        `select count(*)::int as n from upload where purpose = 'EVIDENCE' and taken_at is not null`,
      );
      expect(kept[0]?.n).toBe(2);
    },
  );

  describe('to which the sending school has agreed', () => {
    const { registrar } = sending;
    const open = async ({ person, enrollment }: Pupil, kind: 'SUSPENSION' | 'DEATH') => {
      const about = { enrollment, expectedVersion: (await desk.registrationOf(person))?.version };
      return kind === 'DEATH'
        ? desk.desk.request(registrar, 'reportDeath', 'DeathInput', {
            ...{ ...about, diedOn: '2026-09-01', knownOn: '2026-09-02' },
            evidence: [await desk.desk.paper(registrar, 'DEATH_CERTIFICATE')],
          })
        : desk.desk.request(registrar, 'requestSuspension', 'SuspensionInput', {
            ...{ ...about, reasonGiven: true, ground: 'ILLNESS', from: '2026-09-10', to: '2027-09-09' },
            ...{ missedHours: 200, termHours: 600 },
            evidence: [
              await desk.desk.paper(registrar, 'APPLICATION_FORM', null),
              await desk.desk.paper(registrar, 'HOSPITAL_RECORD'),
            ],
          });
    };
    const stateOf = async (id: string | undefined) =>
      (
        await desk.counter.rows<{ state: string }>(
          'enrollment',
          'select state from enrollment_case where case_id = $1',
          [id],
        )
      )[0]?.state;
    const caseId = (id: string | undefined) => id?.slice(-36);

    test(
      breaks('TRF-52', 'is held up by nothing that the school opens afterwards, or has not decided itself'),
      async () => {
        const child = await desk.pupil();
        const begun = await desk.started(child);
        const before = (await open(child, 'SUSPENSION')).case;
        expect(await stateOf(caseId(before?.id))).toBe('RUNNING');
        await desk.approve(sending, begun);
        await registry.settled();
        expect(await stateOf(caseId(before?.id))).toBe('WITHDRAWN');
        const refused = await open(child, 'SUSPENSION');
        expect(refused.case).toBeNull();
        expect(refused.findings).toMatchObject([{ ruleId: 'TRF-01', code: 'TRANSFER_AGREED' }]);
        await desk.approve(xiaodian, begun);
        await desk.approve(yingze, begun);
        await desk.atRest();
        expect((await desk.seen(receiving.head, begun.id)).state).toBe('HANDED_OVER');
      },
    );

    test(
      holds('TRF-52', 'refuses no death, and the school opens what it likes once the transfer has ended'),
      async () => {
        const [child, dead] = [await desk.pupil(), await desk.pupil()];
        for (const each of [child, dead]) await desk.approve(sending, await desk.started(each));
        await registry.settled();
        expect((await open(dead, 'DEATH')).case).not.toBeNull();
        const [{ id = '' } = {}] = await desk.counter.rows<{ id: string }>(
          'transfer',
          'select case_id as id from transfer_case where person_id = $1',
          [child.person],
        );
        await desk.counter.change('transfer', 'update transfer_case set purge_at = $2 where case_id = $1', [
          id,
          registry.clock.now(),
        ]);
        await desk.atRest();
        await registry.settled();
        expect((await desk.seen(receiving.head, id)).state).toBe('PURGED');
        expect((await open(child, 'SUSPENSION')).case).not.toBeNull();
      },
    );
  });

  test(breaks('TRF-02', 'is started by nobody but the school that takes the pupil in'), async () => {
    const child = await desk.pupil();
    const draft = await desk.after(desk.initiate(receiving, child));
    const byOther = await desk.handle(sending.registrar, draft);
    expect(codes(byOther)).toEqual(['ONLY_TARGET_SCHOOL_MAY_INITIATE']);
    expect((await desk.seen(receiving.head, draft.id)).state).toBe('DRAFT');
  });

  test(breaks('TRF-43', 'is not decided by the person who handled it, nor before anybody has'), async () => {
    const child = await desk.pupil();
    const both = { ...receiving.registrar, roles: ['REGISTRAR', 'DECISION_MAKER'] };
    const draft = await desk.after(desk.initiate({ registrar: both }, child));
    expect(codes(await desk.decide(both, draft, 'APPROVE'))).toEqual(['SAME_PERSON_HANDLED_AND_DECIDED']);
    const begun = await desk.after(desk.decide(receiving.head, draft, 'APPROVE'));
    expect(codes(await desk.decide(sending.head, begun, 'APPROVE'))).toEqual(['STEP_NOT_HANDLED']);
  });

  test(holds('TRF-43', 'is decided by the head of a unit whose registrar has handled it'), async () => {
    const begun = await desk.started(await desk.pupil());
    expect((await desk.approve(sending, begun)).state).toBe('AUTHORITIES_REVIEW');
  });

  test(breaks('TRF-04', 'is not decided by an authority before the sending school'), async () => {
    const begun = await desk.started(await desk.pupil());
    for (const unit of [xiaodian, yingze]) {
      const answer = await desk.handle(unit.registrar, begun);
      expect(answer.transfer).toBeNull();
      expect(answer.findings).toMatchObject([{ ruleId: 'TRF-04', code: 'STEP_OUT_OF_ORDER' }]);
    }
  });

  test(holds('TRF-04', 'is decided by the two authorities in either order'), async () => {
    const begun = await desk.started(await desk.pupil());
    await desk.approve(sending, begun);
    expect((await desk.approve(xiaodian, begun)).state).toBe('AUTHORITIES_REVIEW');
    expect((await desk.approve(yingze, begun)).state).not.toBe('AUTHORITIES_REVIEW');
    await desk.atRest();
  });

  test(
    breaks('ENR-32', 'is not refused for an open problem record, and the attempt is on record'),
    async () => {
      const begun = await desk.started(await desk.pupil());
      const handled = await desk.after(desk.handle(sending.registrar, begun));
      const blocked = await desk.decide(sending.head, handled, 'REFUSE', {
        reasons: ['PROBLEM_RECORD_OPEN'],
      });
      expect(blocked.transfer).toBeNull();
      expect(blocked.findings.map(({ ruleId }) => ruleId)).toContain('ENR-32');
      expect((await desk.seen(sending.head, begun.id)).state).toBe('SOURCE_SCHOOL_REVIEW');
      const told = await desk.counter.rows<{ data: { unit: string; reasons: string[] } }>(
        'transfer',
        `select event -> 'data' as data from (select event, type from event_log
         union all select event, type from outbox) e
       where type = 'IllegalRejectionBlocked' and event -> 'data' ->> 'transfer' = $1`,
        [begun.id],
      );
      expect(told).toMatchObject([{ data: { unit: sending.school, reasons: ['PROBLEM_RECORD_OPEN'] } }]);
    },
  );

  test(breaks('TRF-52', 'is not refused without a reason of the closed list'), async () => {
    const begun = await desk.started(await desk.pupil());
    const handled = await desk.after(desk.handle(sending.registrar, begun));
    expect(codes(await desk.decide(sending.head, handled, 'REFUSE'))).toEqual(['REJECTION_REASON_REQUIRED']);
    const theirs = await desk.decide(sending.head, handled, 'REFUSE', { reasons: ['NO_PLACE_AVAILABLE'] });
    expect(codes(theirs)).toEqual(['ILLEGAL_REJECTION_REASON']);
  });

  test(
    breaks('TRF-52', 'is not refused for what is not so; what has come to be so is a reason'),
    async () => {
      const child = await desk.pupil();
      const begun = await desk.started(child);
      const handled = await desk.after(desk.handle(sending.registrar, begun));
      for (const reason of ['SUSPENDED', 'SENIOR_GROUND_NOT_MET', 'GUARDIAN_WITHDREW', 'GROUND_NOT_MET']) {
        const refused = await desk.decide(sending.head, handled, 'REFUSE', { reasons: [reason] });
        expect(codes(refused)).toEqual(['ILLEGAL_REJECTION_REASON']);
      }
      await desk.counter.change(
        'enrollment',
        `update enrollment set status = 'SUSPENDED' where person_id = $1`,
        [child.person],
      );
      const refused = await desk.after(
        desk.decide(sending.head, handled, 'REFUSE', { reasons: ['SUSPENDED'] }),
      );
      expect(refused.state).toBe('REJECTED');
    },
  );

  test(holds('TRF-52', 'ends with a lawful refusal, and the held place is free again'), async () => {
    const child = await desk.pupil();
    const begun = await desk.started(child);
    const handled = await desk.after(desk.handle(sending.registrar, begun));
    const refused = await desk.after(
      desk.decide(sending.head, handled, 'REFUSE', { reasons: ['REGISTRATION_INFO_WRONG'] }),
    );
    expect(refused).toMatchObject({ state: 'REJECTED', allowedActions: [] });
    await desk.atRest();
    expect(await desk.placeOf(begun.id)).toBe('RELEASED');
    expect((await desk.registrationOf(child.person))?.school).toBe(sending.school);
    expect((await desk.initiate(receiving, child)).transfer?.state).toBe('DRAFT');
  });

  describe('is withdrawn', () => {
    const withGuardian = async () => {
      const child = await desk.pupil();
      const name = `of-${child.person}`;
      await desk.counter.change(
        'transfer',
        'insert into standing_ref (subject, person_id, since) values ($1, $2, now())',
        [guardian(name).sub, child.person],
      );
      return { child, parent: guardian(name) };
    };

    test('by the guardian before the last approval', async () => {
      const { child, parent } = await withGuardian();
      const begun = await desk.nearlyApproved(child);
      const withdrawn = await desk.after(desk.withdraw(parent, await desk.seen(parent, begun.id)));
      expect(withdrawn.state).toBe('WITHDRAWN');
      await desk.atRest();
      expect(await desk.placeOf(begun.id)).toBe('RELEASED');
      expect((await desk.eventsOf(begun.id)).at(-1)).toBe('TransferWithdrawn');
    });

    test(breaks('TRF-02', 'by nobody after it, and by no school'), async () => {
      const { child, parent } = await withGuardian();
      const begun = await desk.nearlyApproved(child);
      const byHead = await desk.tryOn(sending.head, 'withdrawTransfer', 'WithdrawTransferInput', {
        transfer: begun.id,
        expectedVersion: begun.version,
      });
      expect(byHead.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      await desk.approve(yingze, begun);
      await desk.atRest();
      const late = await desk.withdraw(parent, await desk.seen(parent, begun.id));
      expect(codes(late)).toEqual(['CASE_ENDED']);
    });
  });

  test(breaks('TRF-01', 'has no second case beside it, and that tells nothing of the first'), async () => {
    const child = await desk.pupil();
    await desk.started(child);
    const second = await desk.initiate(third, child);
    expect(second.transfer).toBeNull();
    expect(codes(second)).toEqual(['ACTIVE_CASE_EXISTS']);
    expect(JSON.stringify(second)).not.toContain(receiving.school);
  });

  test(breaks('TRF-35', 'of another kind than its schools make is refused'), async () => {
    const child = await desk.pupil();
    const answer = await desk.initiate(receiving, child, { kind: 'ORDINARY_VOCATIONAL_TRANSFER' });
    expect(answer.transfer).toBeNull();
    expect(codes(answer)).toContain('WRONG_CASE_KIND');
  });

  test('is put together once for one key', async () => {
    const child = await desk.pupil();
    const evidence = await desk.papers(receiving.registrar);
    const input = { ...desk.wanted(child), evidence, idempotencyKey: `once-${child.person}` };
    const send = () => desk.order(receiving.registrar, 'initiateTransfer', 'InitiateTransferInput', input);
    const [one, other] = [await send(), await send()];
    expect(one.transfer?.id).toBeDefined();
    expect(other.transfer?.id).toBe(one.transfer?.id);
  });

  test(breaks('TRF-22', 'needs the guardian’s application and the proof of the reason'), async () => {
    const child = await desk.pupil();
    const answer = await desk.initiate(receiving, child, { evidence: [] });
    expect(codes(answer)).toEqual(
      expect.arrayContaining(['GUARDIAN_APPLICATION_MISSING', 'REASON_PROOF_MISSING']),
    );
  });
});
