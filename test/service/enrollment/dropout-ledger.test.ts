import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import {
  beiguanPrimary,
  type Counter,
  codesOf,
  counterOf,
  otherTaiyuanPrimary,
  taiyuanPrimary,
} from './counter.ts';
import { type LedgerDesk, ledgerDeskOf } from './ledger-desk.ts';
import { type MarkDesk, markDeskOf } from './mark-desk.ts';
import { oldPupil, schoolWith } from './old-pupils.ts';

/** Dropouts from clue to return, at school, county and township (W-15). */
describe('the dropout ledger', () => {
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

  const { registrar, head } = schoolDesks(taiyuanPrimary);
  const county = authorityDesks('140105');
  const township = (code: string): Desk & { township: string } => ({
    sub: `township-${code}`,
    level: 'COUNTY',
    unit: code.slice(0, 6),
    roles: ['TOWNSHIP'],
    township: code,
  });

  const pupilAt = async (code: string, entryYear = 2023) => {
    const fact = await registry.network.service('enrollment').core.directory.school(code);
    if (fact === undefined) throw new Error('No such school');
    return oldPupil(registry, fact, entryYear);
  };
  const clue = async (more: Record<string, unknown> = {}) =>
    ledger.after(ledger.open(registrar, { enrollment: (await pupilAt(taiyuanPrimary)).id, ...more }));
  const confirmed = async (more: Record<string, unknown> = {}) =>
    ledger.after(ledger.confirm(registrar, await clue(), more));

  test(
    holds('ENR-57', 'a confirmed dropout is marked, and the state of the registration stays'),
    async () => {
      const opened = await clue();
      expect(opened).toMatchObject({ state: 'CLUE', source: 'SCHOOL', nextActionOn: '2026-10-02' });
      expect(opened.enrollment).toMatchObject({ status: 'IN_SCHOOL', dropoutMark: false });
      const marked = await ledger.after(ledger.confirm(registrar, opened, { since: '2026-08-31' }));
      expect(marked).toMatchObject({ state: 'CONFIRMED', since: '2026-08-31', blockers: [] });
      expect(marked.enrollment).toMatchObject({ status: 'IN_SCHOOL', dropoutMark: true });
      await registry.settled();
    },
  );

  test(holds('ENR-56', 'one report reaches township, county and registry authority'), async () => {
    const reported = await ledger.after(ledger.report(registrar, await confirmed()));
    expect(reported).toMatchObject({
      state: 'REPORTED',
      reportedTo: ['TOWNSHIP_OR_SUBDISTRICT', 'COUNTY_EDUCATION', 'REGISTRY_AUTHORITY'],
    });
    const atTownship = await marks.noticesOf(township('140105101'), 'DROPOUT');
    expect(atTownship).toEqual([
      {
        kind: 'DROPOUT',
        recipient: 'TOWNSHIP_OR_SUBDISTRICT',
        addressee: '140105101',
        sender: taiyuanPrimary,
        content: '该生9月1日起未到校，家访未遇',
        school: { id: taiyuanPrimary },
      },
    ]);
    expect(await marks.noticesOf(county.registrar, 'DROPOUT')).toHaveLength(1);
  });

  test(breaks('PRV-12', 'a township reads what is addressed to it and nothing else'), async () => {
    expect(await marks.noticesOf(township('140105102'))).toEqual([]);
    for (const impostor of [
      { ...township('140105101'), unit: '140106' },
      { ...township('140105101'), township: undefined },
    ]) {
      const { errors } = await desk.ask(
        impostor as Desk,
        '{ officialNotices { edges { node { content } } } }',
      );
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    }
    const { errors } = await desk.ask(township('140105101'), '{ dropoutLedger { edges { node { id } } } }');
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
  });

  test(
    holds('ENR-60', 'persuasion, order, return and watch are entered, and the county closes it'),
    async () => {
      const reported = await ledger.after(ledger.report(registrar, await confirmed()));
      const tried = await ledger.after(
        ledger.persuade(county.registrar, reported, { note: '家长同意送返', nextActionOn: '2026-09-10' }),
      );
      expect(tried).toMatchObject({ state: 'PERSUADING', nextActionOn: '2026-09-10' });
      const ordered = await ledger.after(ledger.order(registrar, tried));
      expect(ordered.state).toBe('ESCALATED');
      expect(await marks.noticesOf(township('140105101'), 'RETURN_ORDER')).toHaveLength(1);
      const back = await ledger.after(ledger.returned(registrar, ordered, '2026-09-02'));
      expect(back).toMatchObject({ state: 'MONITORING', enrollment: { dropoutMark: false } });
      const { errors } = await ledger.tryStep(head, 'settleDropoutReturn', 'EndDropoutInput', {
        entry: back.id,
        expectedVersion: back.version,
        note: '稳定',
      });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      const done = await ledger.after(ledger.end(county.head, 'settleDropoutReturn', back));
      expect(done).toMatchObject({ state: 'RETURNED', allowedActions: [] });
      expect(done.actions.map(({ kind }) => kind)).toEqual([
        'OPENED',
        'CONFIRMED',
        'REPORTED',
        'PERSUADED',
        'ORDER_REQUESTED',
        'RETURNED',
        'SETTLED',
      ]);
    },
  );

  test(breaks('ENR-61', 'no order is asked for before persuasion'), async () => {
    const { entry, findings } = await ledger.order(registrar, await confirmed());
    expect(entry).toBeNull();
    expect(codesOf(findings)).toEqual(['LEDGER_STATE_DOES_NOT_ALLOW']);
  });

  test('who left again is persuaded again, with the mark', async () => {
    const back = await ledger.after(ledger.returned(registrar, await confirmed(), '2026-09-02'));
    const again = await ledger.after(ledger.confirm(registrar, back));
    expect(again).toMatchObject({ state: 'PERSUADING', enrollment: { dropoutMark: true } });
  });

  test('a clue that was explained is cleared by the authority, a dropout never', async () => {
    const opened = await clue();
    expect((await ledger.after(ledger.end(county.head, 'clearDropoutClue', opened))).state).toBe('CLEARED');
    const { findings } = await ledger.end(county.head, 'clearDropoutClue', await confirmed());
    expect(codesOf(findings)).toEqual(['LEDGER_STATE_DOES_NOT_ALLOW']);
  });

  test('one entry of a pupil is open at a time, and senior pupils are not in it', async () => {
    const pupil = await pupilAt(taiyuanPrimary);
    await ledger.after(ledger.open(registrar, { enrollment: pupil.id }));
    expect(codesOf((await ledger.open(registrar, { enrollment: pupil.id })).findings)).toEqual([
      'LEDGER_ENTRY_OPEN',
    ]);
    const senior = await schoolWith(registry, 'SENIOR');
    const { findings } = await ledger.open(schoolDesks(senior.code).registrar, {
      enrollment: (await oldPupil(registry, senior, 2025)).id,
    });
    expect(codesOf(findings)).toEqual(['LEDGER_COMPULSORY_ONLY']);
  });

  test('a county keeps a child that was never registered, sealed', async () => {
    const child = { name: '无籍童', birthDate: '2018-05-01', guardianPhone: '13900000000' };
    const { entry, findings } = await ledger.open(county.registrar, { child, source: 'DEPARTMENT' });
    expect(codesOf(findings)).toEqual(['CHILD_OF_AGE_NOT_ENROLLED']);
    expect(entry).toMatchObject({ student: null, child, state: 'CLUE' });
    const rows = await counter.rows<{ text: string }>(
      'enrollment',
      'select e::text as text from dropout_entry e where entry_id = $1',
      [entry?.id],
    );
    expect(rows[0]?.text).not.toContain('无籍童');
    expect((await ledger.ledgerOf(county.registrar, { mine: true })).map(({ id }) => id)).toContain(
      entry?.id,
    );
  });

  test(
    breaks('PRV-12', 'is seen by its school and those above it, and worked on by none but its own'),
    async () => {
      const opened = await clue();
      for (const stranger of [
        schoolDesks(otherTaiyuanPrimary).registrar,
        schoolDesks(beiguanPrimary).registrar,
        authorityDesks('140106').registrar,
        authorityDesks('140100', 'CITY').registrar,
      ]) {
        const { errors } = await ledger.tryStep(stranger, 'confirmDropout', 'ConfirmDropoutInput', {
          entry: opened.id,
          expectedVersion: opened.version,
        });
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      }
      const ids = async (who: Desk) => (await ledger.ledgerOf(who)).map(({ id }) => id);
      expect(await ids(registrar)).toContain(opened.id);
      expect(await ids(county.registrar)).toContain(opened.id);
      expect(await ids(schoolDesks(otherTaiyuanPrimary).registrar)).not.toContain(opened.id);
      expect(await ids(authorityDesks('140106').registrar)).not.toContain(opened.id);
    },
  );
});
