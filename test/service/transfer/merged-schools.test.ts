import { randomUUID } from 'node:crypto';
import { type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { mergingOf } from '#test/service/enrollment/merging.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Application, type ApplicationDesk, applicationDeskOf } from './application-desk.ts';
import {
  codes,
  type Pupil,
  receiving,
  sending,
  type TransferDesk,
  third,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

type Attending = {
  student: { id: string };
  source: { id: string } | null;
  target: { id: string };
  deadline: { on: string } | null;
  endedOn: string | null;
  endedHow: string | null;
};

/** Schools that end while a transfer runs; tests follow one another in time. */
describe('a transfer whose school is merged into another', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let families: ApplicationDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    families = applicationDeskOf(desk);
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

  const report = ({ registrar }: { registrar: Desk }, child: Pupil) =>
    desk.desk.ask(
      registrar,
      'mutation ($input: ReportAttendingInput!) { reportAttending(input: $input) { findings { code } } }',
      {
        input: {
          ...{ idempotencyKey: randomUUID(), student: desk.wanted(child).student },
          ...{ since: '2026-09-01', acceptedInCompliance: true },
        },
      },
    );
  const attendancesSeenBy = async (who: Desk) =>
    desk.desk
      .answered(
        await desk.desk.ask<{ transferAttendances: { edges: { node: Attending }[] } }>(
          who,
          `{ transferAttendances { edges { node { student { id } source { id } target { id } deadline { on } endedOn
             endedHow } } } }`,
        ),
      )
      .transferAttendances.edges.map(({ node }) => node);

  let away: Pupil;
  let asked: { application: Application; by: Desk }[];

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
    away = await desk.pupil();
    await report(receiving, away);
    const merger = { standing: third.school, ending: [sending.school], from: '2026-09-07' };
    expect((await mergingOf(registry).merge(merger)).merger?.state).toBe('DECIDED');
    await registry.settled();
    await onTheDay('2026-09-07T09:00:00');
    const theirs = await desk.seen(third.registrar, begun.id);
    expect(theirs).toMatchObject({ source: { id: third.school }, allowedActions: ['HANDLE'] });
    expect(theirs.steps[1]).toMatchObject({ party: 'SOURCE_SCHOOL', unit: third.school, decidedAt: null });
    expect(await desk.list(third.registrar, { mine: true })).toEqual([begun.id]);
    expect(await attendancesSeenBy(third.registrar)).toMatchObject([
      { student: { id: away.person }, source: { id: third.school }, endedOn: null },
    ]);
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
    const theirs = await desk.pupil(undefined, { school: other, county: 'yingze', form: {} });
    const twice = await desk.pupil(undefined, { school: third.school, county: 'xiaodian', form: {} });
    await report(receiving, theirs);
    await report(receiving, twice);
    await report(schoolDesks(other), twice);
    asked = [];
    for (const [pupil, at] of [[twice, third] as const, [theirs, schoolDesks(other)] as const]) {
      const by = await families.familyOf(pupil, at);
      asked.push({ application: await families.after(families.apply(by, pupil)), by });
    }
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
    const seen = await attendancesSeenBy(schoolDesks(other).registrar);
    expect(seen.filter(({ student }) => student.id === away.person)).toMatchObject([
      { source: null, target: { id: other }, deadline: { on: '2026-09-15' }, endedOn: null },
    ]);
    expect(seen.filter(({ student }) => student.id === theirs.person)).toMatchObject([
      { target: { id: receiving.school }, endedOn: '2026-09-10', endedHow: 'SCHOOLS_JOINED' },
    ]);
    const both = (await attendancesSeenBy(third.registrar)).filter(
      ({ student }) => student.id === twice.person,
    );
    expect(both.map(({ target, endedHow }) => [target.id, endedHow]).sort()).toEqual(
      [
        [other, null],
        [receiving.school, 'SCHOOLS_JOINED'],
      ].sort(),
    );
  });

  test(holds('TRF-05', 'keeps the day on which a family applied to the ended school'), async () => {
    const [followed, moot] = await Promise.all(
      asked.map(({ application, by }) => families.seen(by, application.id)),
    );
    const before = asked[0]?.application;
    expect(followed?.school?.id).not.toBe(receiving.school);
    expect(followed).toMatchObject({
      ...{ state: 'APPLIED', appliedOn: before?.appliedOn, deadline: before?.deadline },
    });
    const there = schoolDesks(followed?.school?.id ?? '');
    expect(await families.list(there.registrar)).toEqual([followed?.id]);
    // Registered at the school that goes on already: there is nothing left to apply for.
    expect(moot).toMatchObject({ state: 'SUPERSEDED' });
  });
});
