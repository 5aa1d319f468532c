import { type Counter, codesOf, counterOf } from '#test/service/enrollment/counter.ts';
import { idNumber, withoutDocument } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type KeyDesk, keyDeskOf, school } from './key-desk.ts';

/** A resident ID number arrives for a pupil who had none (W-01, ID-09). */
describe('a resident ID number that is supplied', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: KeyDesk;
  const ids = new Map<string, string>();

  const forms = { supplied: withoutDocument(5), misled: withoutDocument(6), later: withoutDocument(9) };
  type Name = keyof typeof forms;
  const idOf = (name: Name): string => ids.get(name) ?? '';
  const identity = (name: Name) => desk.identity(school.registrar, idOf(name));
  const document = (number: string) => ({ idDocumentType: 'RESIDENT_ID', idDocumentNumber: number });
  const events = (type: string) =>
    counter.rows<{ data: Record<string, unknown> }>(
      'identity',
      `select event->'data' as data from event_log where type = $1 order by seq`,
      [type],
    );

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = keyDeskOf(registry);
    for (const name of ['supplied', 'misled'] as const)
      ids.set(name, (await desk.pupil(forms[name])).student.id);
    registry.clock.moveTo('2027-03-02T09:00:00+08:00');
    await desk.issue();
    ids.set('later', (await desk.pupil(forms.later)).student.id);
  }, 60_000);
  afterAll(() => registry?.stop());

  test(
    holds('ID-09', 'a J number becomes a G number once the resident ID number is there and both checks pass'),
    async () => {
      const before = await identity('supplied');
      expect(before.numberKind).toBe('J_FORMAL');
      const number = idNumber('2020-05-06', 105);
      const opened = await desk.after(desk.supply(idOf('supplied'), number));
      expect(opened).toMatchObject({ kind: 'DOCUMENT_SUPPLY', state: 'RECHECKING' });
      expect(opened.steps.map(({ party }) => party)).toEqual(['SCHOOL', 'SYSTEM']);
      await desk.checked(opened.id);
      const now = await identity('supplied');
      expect(now).toMatchObject({ numberKind: 'G_FORMAL', studentNumber: `G${number}` });
      expect(now.numberHistory.map(({ kind, state }) => [kind, state])).toEqual([
        ['L_TEMPORARY', 'SUPERSEDED'],
        ['J_FORMAL', 'SUPERSEDED'],
        ['G_FORMAL', 'ACTIVE'],
      ]);
      expect(now.numberHistory[1]?.value).toBe(before.studentNumber);
      expect((await events('NumberUpgraded')).at(-1)?.data).toMatchObject({ person: idOf('supplied') });
    },
  );

  test(breaks('ID-09', 'where a check fails the J number stays, and the school is told why'), async () => {
    const before = await identity('misled');
    const wrong = idNumber('2020-05-06', 106);
    registry.register.disagreeAbout(wrong);
    const failed = await desk.checked((await desk.after(desk.supply(idOf('misled'), wrong))).id);
    expect(failed.state).toBe('CHECK_FAILED');
    expect(codesOf(failed.blockers)).toEqual(['J_TO_G_CHECK_FAILED', 'KEY_INFO_RECHECK_FAILED']);
    expect(await identity('misled')).toEqual(before);
    const right = idNumber('2020-05-06', 107);
    const mended = await desk.after(desk.handle(school.registrar, failed, { to: document(right) }));
    expect(mended.state).toBe('RECHECKING');
    await desk.checked(mended.id);
    expect(await identity('misled')).toMatchObject({ numberKind: 'G_FORMAL', studentNumber: `G${right}` });
    const again = await desk.supply(idOf('misled'), idNumber('2020-05-06', 109));
    expect(codesOf(again.findings)).toContain('RESIDENT_ID_ON_FILE');
  });

  test(
    holds('ID-06', 'a document that is supplied before the yearly issue is taken, and the number stays'),
    async () => {
      const before = await identity('later');
      const number = idNumber('2020-05-06', 110);
      await desk.checked((await desk.after(desk.supply(idOf('later'), number))).id);
      expect(await identity('later')).toMatchObject({
        identityDocument: { type: 'RESIDENT_ID', number },
        studentNumber: before.studentNumber,
        verification: { comparison: 'PASS' },
      });
    },
  );
});
