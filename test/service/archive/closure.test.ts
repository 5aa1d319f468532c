import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { authorityDesks, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { mergingOf } from '#test/service/enrollment/merging.ts';
import { type Pupil, receiving, third, xiaodian, yingze } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type ArchiveDesk, archiveDeskOf } from './archive-desk.ts';

type Closure = {
  school: { id: string };
  custodian: { kind: string; code: string } | null;
  archivesLeft: number;
  archivesMoved: number;
  findings: { ruleId: string; code: string }[];
};
const closureFields = `school { id } custodian { kind code } archivesLeft archivesMoved findings { ruleId code }`;

/** A school is closed, and where its archives go. */
describe('the archives of a school that is closed', () => {
  let registry: Registry;
  let desk: ArchiveDesk;
  let closing: string;
  let empty: string;
  let died: Pupil;
  let moving: Pupil;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = archiveDeskOf(registry);
    const merging = mergingOf(registry);
    closing = await merging.create({ name: '将撤小学' });
    empty = await merging.create({ name: '无生小学' });
    died = await desk.transfers.pupil(2025, { school: closing, county: 'xiaodian', form: {} });
    moving = await desk.transfers.pupil(2025, { school: closing, county: 'xiaodian', form: {} });
    await rested();
  });
  afterAll(() => registry?.stop());

  /** Every service has heard of everything and done what follows from it. */
  const rested = async (): Promise<void> => {
    for (let round = 0; round < 3; round++) {
      await registry.settled();
      for (const name of ['enrollment', 'transfer', 'archive', 'organization'] as const) {
        await registry.network.service(name).atRest();
      }
    }
    await registry.settled();
  };
  const schoolOf = async (code: string) =>
    desk.desk.answered(
      await desk.desk.ask<{
        school: { state: string; version: number; closure: { endedAt: string | null } | null };
      }>(xiaodian.head, 'query ($id: ID!) { school(id: $id) { state version closure { endedAt } } }', {
        id: code,
      }),
    ).school;
  const close = async (code: string) =>
    desk.desk.answered(
      await desk.desk.ask<{
        closeSchool: {
          school: { state: string; closure: { decidedAt: string } | null } | null;
          findings: { ruleId: string; outcome: string; code: string; message: string }[];
        };
      }>(
        xiaodian.head,
        `mutation ($input: CloseSchoolInput!) { closeSchool(input: $input) {
          school { state closure { decidedAt } } findings { ruleId outcome code message } } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), school: code, reason: '布局调整' },
            expectedVersion: (await schoolOf(code)).version,
          },
        },
      ),
    ).closeSchool;
  const tryDesignate = (who: Desk, school: string, unit: string | null) =>
    desk.desk.ask<{ designateCustodian: { closure: Closure | null; findings: { code: string }[] } }>(
      who,
      `mutation ($input: DesignateCustodianInput!) {
        designateCustodian(input: $input) { closure { ${closureFields} } findings { code } } }`,
      { input: { idempotencyKey: randomUUID(), school, unit } },
    );
  const designate = async (...order: Parameters<typeof tryDesignate>) =>
    desk.desk.answered(await tryDesignate(...order)).designateCustodian;
  const waiting = async (who: Desk): Promise<Closure[]> =>
    desk.desk.answered(
      await desk.desk.ask<{ archiveClosures: Closure[] }>(who, `{ archiveClosures { ${closureFields} } }`),
    ).archiveClosures;
  const keepersOf = async (): Promise<string[]> =>
    (
      await desk.counter.rows<{ custodian: string }>(
        'archive',
        'select custodian from archive where person_id = any($1::uuid[]) order by custodian',
        [[died.person, moving.person]],
      )
    ).map(({ custodian }) => custodian);

  test('has no custodian named while nobody has decided to close it', async () => {
    const { closure, findings } = await designate(xiaodian.head, closing, null);
    expect(closure).toBeNull();
    expect(findings).toEqual([{ code: 'CLOSURE_NOT_DECIDED' }]);
  });

  test('is gone at once where nobody was ever registered there', async () => {
    expect(await close(empty)).toMatchObject({ school: { state: 'CLOSED' }, findings: [] });
  });

  test(breaks('ARC-14', 'stays a school while pupils and archives are there, and says so'), async () => {
    const { school, findings } = await close(closing);
    expect(school).toMatchObject({ state: 'ACTIVE', closure: { decidedAt: expect.any(String) } });
    expect(findings).toMatchObject([{ ruleId: 'ARC-14', outcome: 'WARN', code: 'CLOSURE_ARCHIVES_PENDING' }]);
    expect(findings[0]?.message).toContain('2名学生');
    await rested();
    expect(await waiting(xiaodian.head)).toMatchObject([
      {
        ...{ school: { id: closing }, custodian: null, archivesLeft: 2, archivesMoved: 0 },
        findings: [{ ruleId: 'ARC-14', code: 'CLOSURE_ARCHIVES_PENDING' }],
      },
    ]);
    expect(await waiting(yingze.head)).toEqual([]);
    const again = await desk.desk.ask(
      xiaodian.head,
      'mutation ($input: CloseSchoolInput!) { closeSchool(input: $input) { findings { code } } }',
      {
        input: {
          ...{ idempotencyKey: randomUUID(), school: closing, reason: '再次' },
          expectedVersion: (await schoolOf(closing)).version,
        },
      },
    );
    expect(again.errors[0]?.extensions).toMatchObject({ problems: [{ code: 'SCHOOL_CLOSING' }] });
  });

  test('that was decided by mistake is taken back while it waits, and may be decided anew', async () => {
    const revoke = (who: Desk) =>
      desk.desk.ask<{
        revokeSchoolClosure: { school: { state: string; closure: { revoked: boolean } } | null };
      }>(
        who,
        `mutation ($input: RevokeSchoolClosureInput!) {
          revokeSchoolClosure(input: $input) { school { state closure { revoked } } findings { code } } }`,
        { input: { idempotencyKey: randomUUID(), school: closing, reason: '重新论证' } },
      );
    expect(desk.desk.answered(await revoke(yingze.head)).revokeSchoolClosure.school).toBeNull();
    expect(desk.desk.answered(await revoke(xiaodian.head)).revokeSchoolClosure.school).toEqual({
      ...{ state: 'ACTIVE', closure: { revoked: true } },
    });
    await rested();
    expect(await waiting(xiaodian.head)).toEqual([]);
    const again = await revoke(xiaodian.head);
    expect(again.errors[0]?.extensions).toMatchObject({ problems: [{ code: 'NO_CLOSURE_WAITS' }] });
    expect((await close(closing)).school).toMatchObject({ state: 'ACTIVE' });
    await rested();
    expect(await waiting(xiaodian.head)).toHaveLength(1);
  });

  test('gets a custodian from its own authority alone, and one of that authority’s range', async () => {
    const stranger = await tryDesignate(yingze.head, closing, null);
    expect(stranger.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    const above = await designate(authorityDesks('140100', 'CITY').head, closing, null);
    expect(above.findings).toEqual([{ code: 'NOT_COMPETENT_AUTHORITY' }]);
    for (const unit of [receiving.school, '140106', closing, empty]) {
      expect((await designate(xiaodian.head, closing, unit)).findings).toEqual([
        { code: 'CUSTODIAN_UNKNOWN' },
      ]);
    }
    await desk.counter.change(
      'archive',
      `insert into archive_closure (school, closure_id, place, province, authority, decided_at)
       select $1, gen_random_uuid(), place, province, authority, decided_at from archive_closure where school = $2`,
      [third.school, closing],
    );
    expect((await designate(xiaodian.head, closing, third.school)).findings).toEqual([
      { code: 'CUSTODIAN_UNKNOWN' },
    ]);
    await desk.counter.change('archive', 'delete from archive_closure where school = $1', [third.school]);
    const own = await designate(xiaodian.head, closing, null);
    expect(own.closure).toMatchObject({ custodian: { kind: 'AUTHORITY', code: '140105' } });
    const other = await designate(xiaodian.head, closing, third.school);
    expect(other.closure).toMatchObject({ custodian: { kind: 'DESIGNATED_UNIT', code: third.school } });
  });

  test('waits for the last pupil with a custodian named: the archives of those still there stay', async () => {
    const here = schoolDesks(closing);
    const cases = desk.desk;
    const [row] = await desk.counter.rows<{ version: number }>(
      'enrollment',
      'select version from pupil where person_id = $1',
      [died.person],
    );
    const told = await cases.after(
      cases.request(here.registrar, 'reportDeath', 'DeathInput', {
        ...{ enrollment: died.enrollment, expectedVersion: row?.version },
        evidence: [await cases.paper(here.registrar, 'DEATH_CERTIFICATE')],
        ...{ diedOn: '2026-08-20', knownOn: '2026-08-25' },
      }),
    );
    const confirmed = await cases.after(cases.decide(here.head, told, 'APPROVE'));
    const handled = await cases.after(cases.handle(xiaodian.registrar, confirmed));
    await cases.after(cases.decide(xiaodian.head, handled, 'APPROVE'));
    await rested();
    expect((await schoolOf(closing)).state).toBe('ACTIVE');
    expect(await keepersOf()).toEqual([closing, closing]);
  });

  test(
    holds('ARC-14', 'goes to the unit that was named with the last pupil, and the school ends'),
    async () => {
      const { transfers } = desk;
      const begun = await transfers.started(moving);
      await transfers.approve(schoolDesks(closing), begun);
      await transfers.approve(xiaodian, begun);
      await transfers.approve(yingze, begun);
      await transfers.atRest();
      await rested();
      expect(await schoolOf(closing)).toMatchObject({
        ...{ state: 'CLOSED', closure: { endedAt: expect.any(String) } },
      });
      expect(await keepersOf()).toEqual([third.school, third.school]);
      expect(await waiting(xiaodian.head)).toEqual([]);
      const filed = await desk.seen(third.registrar, died.person);
      expect(filed).toMatchObject({ state: 'FILED', intact: true });
      expect(filed.custodian).toEqual({ kind: 'DESIGNATED_UNIT', code: third.school });
      const left = await desk.counter.rows<{ n: number }>(
        'archive',
        'select count(*)::int as n from archive where custodian = $1 or owed_to = $1 or $1 = any(copies)',
        [closing],
      );
      expect(left).toEqual([{ n: 0 }]);
    },
  );

  test('of a pupil who had just moved is passed on by the unit that has it now', async () => {
    const owed = await desk.seen(third.registrar, moving.person);
    expect(owed).toMatchObject({
      ...{ state: 'OWED', custodian: { code: third.school } },
      handOver: { to: { code: receiving.school }, reason: 'TRANSFER' },
    });
    await desk.step(third.registrar, 'handOverArchive', moving.person);
    const { archive } = await desk.step(receiving.registrar, 'acceptArchive', moving.person);
    expect(archive).toMatchObject({ state: 'KEPT', custodian: { code: receiving.school }, intact: true });
    const late = await designate(xiaodian.head, closing, null);
    expect(late.findings).toEqual([{ code: 'ARCHIVES_SETTLED' }]);
  });
});
