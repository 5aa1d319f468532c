import { randomUUID } from 'node:crypto';
import { schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { mergingOf } from '#test/service/enrollment/merging.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  receiving,
  sending,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

/** Schools that end while a transfer runs; tests follow one another in time. */
describe('a transfer whose school is merged into another', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const onTheDay = async (instant: string) => {
    registry.clock.moveTo(`${instant}+08:00`);
    for (let round = 0; round < 3; round++) {
      await registry.network.service('organization').atRest();
      await registry.settled();
      await registry.network.service('enrollment').atRest();
    }
    await registry.settled();
    await desk.atRest();
  };

  test('ends where the registration has gone to a school that was asked nothing', async () => {
    const child = await desk.pupil();
    const begun = await desk.nearlyApproved(child);
    await desk.counter.change(
      'enrollment',
      `update enrollment e set school = s.code, place = s.place from school_ref s where s.code = $2 and e.person_id = $1`,
      [child.person, third.school],
    );
    const handled = await desk.after(desk.handle(yingze.registrar, await desk.seen(yingze.head, begun.id)));
    expect(codes(await desk.decide(yingze.head, handled, 'APPROVE'))).toEqual([
      'REGISTRATION_MOVED_MEANWHILE',
    ]);
  });

  test(holds('TRF-02', 'is decided by the school into which the sending one was merged'), async () => {
    const child = await desk.pupil();
    const begun = await desk.started(child);
    expect((await desk.see(third.registrar, begun.id)).data?.transferCase ?? null).toBeNull();
    const away = await desk.pupil();
    await desk.desk.ask(
      receiving.registrar,
      'mutation ($input: ReportAttendingInput!) { reportAttending(input: $input) { findings { code } } }',
      {
        input: {
          ...{ idempotencyKey: randomUUID(), student: desk.wanted(away).student },
          ...{ since: '2026-09-01', acceptedInCompliance: true },
        },
      },
    );
    const merger = { standing: third.school, ending: [sending.school], from: '2026-09-07' };
    expect((await mergingOf(registry).merge(merger)).merger?.state).toBe('DECIDED');
    await registry.settled();
    await onTheDay('2026-09-07T09:00:00');
    const theirs = await desk.seen(third.registrar, begun.id);
    expect(theirs).toMatchObject({ source: { id: third.school }, allowedActions: ['HANDLE'] });
    expect(theirs.steps[1]).toMatchObject({ party: 'SOURCE_SCHOOL', unit: third.school, decidedAt: null });
    expect(await desk.list(third.registrar, { mine: true })).toEqual([begun.id]);
    const attending = await desk.desk.ask(
      third.registrar,
      '{ transferAttendances { edges { node { student { id } source { id } endedOn } } } }',
    );
    expect(desk.desk.answered(attending)).toMatchObject({
      transferAttendances: {
        edges: [{ node: { student: { id: away.person }, source: { id: third.school }, endedOn: null } }],
      },
    });
    expect(await desk.eventsOf(begun.id)).toContain('TransferSourceSucceeded');
    expect((await desk.approve(third, begun)).state).toBe('AUTHORITIES_REVIEW');
    await desk.approve(xiaodian, begun);
    await desk.approve(yingze, begun);
    await desk.atRest();
    expect((await desk.seen(receiving.head, begun.id)).state).toBe('HANDED_OVER');
    expect((await desk.registrationOf(child.person))?.school).toBe(receiving.school);
  });

  test(breaks('TRF-02', 'does not lead into a school that has ended itself'), async () => {
    const child = await desk.pupil(undefined, { school: third.school, county: 'xiaodian', form: {} });
    const [late, waiting] = [
      await desk.started(child),
      await desk.started(await desk.pupil(undefined, { school: third.school, county: 'xiaodian', form: {} })),
    ];
    await desk.approve(third, late);
    await desk.approve(xiaodian, late);
    const { directory } = desk.service().core;
    const unit = await directory.unit('140106');
    const schools = await directory.schoolsIn(unit?.lo ?? 0, unit?.hi ?? 0);
    const other =
      schools.find(
        ({ code, stages }) => code !== receiving.school && stages.some(({ stage }) => stage === 'PRIMARY'),
      )?.code ?? '';
    const merger = { standing: other, ending: [receiving.school], from: '2026-09-10' };
    expect((await mergingOf(registry).merge(merger, 'yingze')).merger?.state).toBe('DECIDED');
    await registry.settled();
    await onTheDay('2026-09-10T09:00:00');
    await onTheDay('2026-09-11T09:00:00');
    expect((await directory.school(receiving.school))?.state).not.toBe('ACTIVE');
    for (const { id } of [late, waiting]) {
      expect(await desk.seen(yingze.head, id)).toMatchObject({
        ...{ state: 'REJECTED', findings: [{ code: 'TARGET_SCHOOL_NOT_ACTIVE' }] },
      });
      expect(await desk.placeOf(id)).toBe('RELEASED');
    }
    expect((await desk.registrationOf(child.person))?.school).toBe(third.school);
    expect(schoolDesks(other).head.school).toBe(other);
  });
});
