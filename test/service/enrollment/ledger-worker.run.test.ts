import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, schoolDesks } from './case-desk.ts';
import { type Counter, counterOf, taiyuanPrimary } from './counter.ts';
import { type LedgerDesk, type LedgerEntry, ledgerDeskOf } from './ledger-desk.ts';
import { type MarkDesk, markDeskOf } from './mark-desk.ts';
import { oldPupil, schoolWith } from './old-pupils.ts';

/** What the ledger does by itself as the business clock goes on; tests follow one another in time. */
describe('as time goes by, the dropout ledger', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let ledger: LedgerDesk;
  let marks: MarkDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    ledger = ledgerDeskOf(desk);
    marks = markDeskOf(desk);
  });
  afterAll(() => registry?.stop());

  const { registrar } = schoolDesks(taiyuanPrimary);
  const county = authorityDesks('140105');

  const primaryPupil = async (more: { migrant?: boolean } = {}, entryYear = 2023) => {
    const fact = await registry.network.service('enrollment').core.directory.school(taiyuanPrimary);
    if (fact === undefined) throw new Error('No such school');
    return oldPupil(registry, fact, entryYear, more);
  };
  const suspend = (person: string, until: string) =>
    counter.change(
      'enrollment',
      `update enrollment set status = 'SUSPENDED', suspended_until = $2, frozen_at = '2025-09-01T00:00:00+08:00'
       where person_id = $1`,
      [person, until],
    );
  /** The worker has looked at every suspension that has run out, on this day. */
  const lookedOn = (day: string) =>
    counter.until(`suspensions are looked at on ${day}`, async () => {
      const rows = await counter.rows(
        'enrollment',
        `select 1 from enrollment where status = 'SUSPENDED' and active and suspended_until < $1::date
           and overrun_seen_on is distinct from $1::date`,
        [day],
      );
      return rows.length === 0;
    });
  const entryOf = async (person: string): Promise<LedgerEntry | undefined> =>
    (await ledger.ledgerOf(registrar)).find(({ student }) => student?.id === person);
  const becomes = (id: string, state: string) =>
    counter.until(`the entry is ${state}`, async () => {
      const rows = await counter.rows<{ state: string }>(
        'enrollment',
        'select state from dropout_entry where entry_id = $1',
        [id],
      );
      return rows[0]?.state === state;
    });
  const casesOf = (person: string) =>
    counter.rows<{ kind: string; opened_by: string }>(
      'enrollment',
      'select kind, opened_by from enrollment_case where person_id = $1',
      [person],
    );
  const move = (day: string) => registry.clock.moveTo(`${day}T09:00:00+08:00`);

  const codesOn = async (id: string) =>
    (await ledger.ledgerOf(registrar)).find((entry) => entry.id === id)?.blockers.map(({ code }) => code);

  const quiet = async () => {
    const { id } = await primaryPupil();
    return ledger.after(ledger.open(registrar, { enrollment: id }));
  };
  const staleOf = async (id: string) =>
    (
      await counter.rows<{ stale: boolean }>(
        'enrollment',
        'select stale_on is not null as stale from dropout_entry where entry_id = $1',
        [id],
      )
    )[0]?.stale;

  test(holds('ENR-50', 'a suspension is no clue while its month of grace runs'), async () => {
    const { person } = await primaryPupil();
    await suspend(person, '2026-09-01');
    move('2026-10-01');
    await lookedOn('2026-10-01');
    expect(await entryOf(person)).toBeUndefined();
    move('2026-10-02');
    await lookedOn('2026-10-02');
    expect(await entryOf(person)).toMatchObject({
      state: 'CLUE',
      source: 'SUSPENSION_OVERRUN',
      since: '2026-09-01',
    });
    await registry.settled();
  });

  test(breaks('ENR-50', 'who was not contacted stands on record, and is a clue all the same'), async () => {
    const { id, person } = await primaryPupil();
    await suspend(person, '2026-08-20');
    move('2026-10-03');
    await lookedOn('2026-10-03');
    expect((await entryOf(person))?.source).toBe('SUSPENSION_OVERRUN');
    const { data } = await desk.ask<{
      enrollments: { edges: { node: { id: string; blockers: { code: string }[] } }[] };
    }>(registrar, '{ enrollments(first: 200) { edges { node { id blockers { code } } } } }');
    const node = data?.enrollments.edges.find((edge) => edge.node.id === id)?.node;
    expect(node?.blockers.map(({ code }) => code).sort()).toEqual([
      'GUARDIAN_CONTACT_MISSING',
      'SUSPENSION_OVERRUN',
    ]);
  });

  test(holds('ENR-50', 'a senior pupil’s withdrawal is put before the school after a contact'), async () => {
    const senior = await schoolWith(registry, 'SENIOR');
    const staff = schoolDesks(senior.code);
    const pupil = await oldPupil(registry, senior, 2025);
    await suspend(pupil.person, '2026-09-03');
    await marks.marked(staff.registrar, 'logGuardianContact', 'GuardianContactInput', {
      enrollment: pupil.id,
      expectedVersion: 1,
      contactedOn: '2026-09-20',
      means: 'PHONE',
      about: 'SUSPENSION',
      reached: true,
    });
    move('2026-10-04');
    await lookedOn('2026-10-04');
    expect(await casesOf(pupil.person)).toEqual([{ kind: 'WITHDRAWAL', opened_by: 'SYSTEM' }]);
    const { enrollmentCases } = desk.answered(
      await desk.ask<{ enrollmentCases: { edges: { node: { id: string; version: number } }[] } }>(
        staff.registrar,
        '{ enrollmentCases(filter: {mine: true}) { edges { node { id version } } } }',
      ),
    );
    const waiting = enrollmentCases.edges[0]?.node;
    if (waiting === undefined) throw new Error('No case waits');
    const handled = await desk.after(desk.handle(staff.registrar, waiting));
    const done = await desk.after(desk.decide(staff.head, handled, 'APPROVE'));
    expect(done.enrollment?.status).toBe('WITHDRAWN');
  });

  test(
    breaks('ENR-50', 'without a contact, and where no text provides for it, nobody is withdrawn'),
    async () => {
      const uncontacted = await oldPupil(registry, await schoolWith(registry, 'SENIOR'), 2025);
      const beiguan = await oldPupil(registry, await schoolWith(registry, 'SENIOR', '410503'), 2025);
      await suspend(uncontacted.person, '2026-09-01');
      await suspend(beiguan.person, '2026-09-01');
      move('2026-10-05');
      await lookedOn('2026-10-05');
      expect(await casesOf(uncontacted.person)).toEqual([]);
      expect(await casesOf(beiguan.person)).toEqual([]);
    },
  );

  test(holds('ENR-61', 'in Beiguan a school that urged in vain is told to ask for the order'), async () => {
    const pupil = await oldPupil(registry, await schoolWith(registry, 'PRIMARY', '410503'), 2023);
    const school =
      (
        await counter.rows<{ school: string }>(
          'enrollment',
          'select school from enrollment where person_id = $1',
          [pupil.person],
        )
      )[0]?.school ?? '';
    const staff = schoolDesks(school);
    await suspend(pupil.person, '2026-10-04');
    const codes = async () => {
      const { data } = await desk.ask<{
        enrollments: { edges: { node: { id: string; blockers: { code: string }[] } }[] };
      }>(staff.registrar, '{ enrollments(first: 200) { edges { node { id blockers { code } } } } }');
      return data?.enrollments.edges
        .find(({ node }) => node.id === pupil.id)
        ?.node.blockers.map(({ code }) => code);
    };
    expect(await codes()).toEqual(['RESUMPTION_NOT_URGED']);
    await marks.marked(staff.registrar, 'logGuardianContact', 'GuardianContactInput', {
      enrollment: pupil.id,
      expectedVersion: 1,
      contactedOn: '2026-10-05',
      means: 'HOME_VISIT',
      about: 'SUSPENSION',
      reached: true,
    });
    expect(await codes()).toEqual(['RETURN_ORDER_DUE']);
  });

  test(
    breaks('ENR-56', 'a dropout that is not reported in three working days stands on record'),
    async () => {
      const confirmed = await ledger.after(ledger.confirm(registrar, await quiet()));
      expect(confirmed.blockers).toEqual([]);
      move('2026-10-30');
      expect(await codesOn(confirmed.id)).toEqual(['DROPOUT_NOT_REPORTED']);
    },
  );

  test(breaks('ENR-57', 'a clue that is neither cleared nor marked in time stands on record'), async () => {
    const entry = await quiet();
    move('2026-11-03');
    expect(await codesOn(entry.id)).toEqual([]);
    move('2026-11-14');
    expect(await codesOn(entry.id)).toEqual(['DROPOUT_NOT_MARKED']);
  });

  test(holds('ENR-60', 'an entry with an action every thirty days is not stale'), async () => {
    const entry = await quiet();
    move('2026-12-14');
    await lookedOn('2026-12-14');
    expect(await staleOf(entry.id)).toBe(false);
    const tried = await ledger.after(ledger.persuade(county.registrar, entry, { actedOn: '2026-12-14' }));
    move('2027-01-13');
    await lookedOn('2027-01-13');
    expect(await staleOf(tried.id)).toBe(false);
  });

  test(
    breaks('ENR-60', 'an entry without action for over thirty days is recorded, until somebody acts'),
    async () => {
      const entry = await quiet();
      move('2027-02-13');
      await counter.until('the entry is stale', async () => (await staleOf(entry.id)) === true);
      const [seen] = (await ledger.ledgerOf(registrar, { overdue: true })).filter(
        ({ id }) => id === entry.id,
      );
      expect(seen).toMatchObject({
        overdue: true,
        blockers: expect.arrayContaining([expect.objectContaining({ code: 'LEDGER_ENTRY_STALE' })]),
      });
      if (seen === undefined) throw new Error('No entry');
      await ledger.after(ledger.persuade(registrar, seen, { actedOn: '2027-02-13' }));
      expect(await staleOf(entry.id)).toBe(false);
    },
  );

  test(holds('ENR-59', 'the county of the household is told on the last day of the term'), async () => {
    move('2027-03-05');
    const { id } = await primaryPupil({ migrant: true });
    const opened = await ledger.after(ledger.open(registrar, { enrollment: id, since: '2027-03-04' }));
    const confirmed = await ledger.after(ledger.confirm(registrar, opened, { householdCounty: '410503' }));
    await ledger.after(ledger.report(registrar, confirmed, { content: '随迁子女，户籍安阳市北关区' }));
    const household = authorityDesks('410503').registrar;
    expect(await marks.noticesOf(household, 'MIGRANT_DROPOUT')).toEqual([]);
    move('2027-07-02');
    await counter.until('the household is told', async () => {
      const rows = await counter.rows(
        'enrollment',
        'select 1 from dropout_entry where entry_id = $1 and household_told_on is not null',
        [opened.id],
      );
      return rows.length === 1;
    });
    expect(await marks.noticesOf(household, 'MIGRANT_DROPOUT')).toEqual([
      expect.objectContaining({
        recipient: 'HOUSEHOLD_COUNTY',
        sender: '140105',
        content: '随迁子女，户籍安阳市北关区',
      }),
    ]);
    const told = await counter.rows<{ household: string }>(
      'enrollment',
      `select event -> 'data' ->> 'household' as household from (
         select type, event from event_log union all select type, event from outbox) as said
       where type = 'MigrantDropoutNotified' and event -> 'data' ->> 'entry' = $1`,
      [opened.id],
    );
    expect(told).toEqual([{ household: '410503' }]);
  });

  test(breaks('ENR-59', 'a household that nobody named stands on record after the term'), async () => {
    const { id } = await primaryPupil({ migrant: true });
    const opened = await ledger.after(ledger.open(registrar, { enrollment: id, since: '2027-03-04' }));
    const confirmed = await ledger.after(ledger.confirm(registrar, opened));
    expect(confirmed.blockers.map(({ code }) => code)).not.toContain('MIGRANT_DROPOUT_NOT_HANDED_OVER');
    move('2027-07-05');
    const [seen] = (await ledger.ledgerOf(registrar)).filter((entry) => entry.id === opened.id);
    expect(seen?.blockers.map(({ code }) => code)).toContain('MIGRANT_DROPOUT_NOT_HANDED_OVER');
  });

  test(
    holds('ENR-56', 'an entry ends when the compulsory years are over, and the registration is kept'),
    async () => {
      const junior = await schoolWith(registry, 'JUNIOR');
      const staff = schoolDesks(junior.code);
      const { id } = await oldPupil(registry, junior, 2024);
      const old = await ledger.after(ledger.open(staff.registrar, { enrollment: id }));
      const young = await quiet();
      move('2027-08-10');
      await lookedOn('2027-08-10');
      expect((await ledger.ledgerOf(staff.registrar)).find((entry) => entry.id === old.id)?.state).toBe(
        'CLUE',
      );
      move('2027-08-11');
      await becomes(old.id, 'AGE_ENDED');
      expect((await entryOf(young.student?.id ?? ''))?.state).toBe('CLUE');
      expect((await ledger.ledgerOf(staff.registrar))[0]?.enrollment?.status).toBe('IN_SCHOOL');
    },
  );
});
