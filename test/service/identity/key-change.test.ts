import { randomUUID } from 'node:crypto';
import { schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Counter, codesOf, counterOf, otherTaiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl, idNumber } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { county, type KeyDesk, keyDeskOf, school } from './key-desk.ts';

/** A change of key information from the school's desk to the checks (W-07). */
describe('a change of key information', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: KeyDesk;
  let next = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = keyDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const newPupil = async (): Promise<string> => (await desk.pupil(girl(++next))).student.id;

  test(
    holds('ID-13', 'is asked for by the school, confirmed by its head, decided by the county and checked'),
    async () => {
      const student = await newPupil();
      const before = await desk.identity(school.registrar, student);
      const opened = await desk.after(desk.request(student, { name: '改名后' }));
      expect(opened).toMatchObject({
        kind: 'CHANGE',
        state: 'SCHOOL_HANDLED',
        policyOn: '2026-09-02',
        items: [{ item: 'NAME', group: 'RESIDENT_IDENTITY', before: before.name, after: '改名后' }],
        papers: [{ kind: 'HOUSEHOLD_REGISTER', mediaType: 'application/pdf' }],
        steps: [{ party: 'SCHOOL', deadline: '2026-09-16', provisional: false, overdue: false }],
        allowedActions: ['HANDLE', 'WITHDRAW'],
      });
      const confirmed = await desk.after(desk.decide(school.head, opened, 'APPROVE'));
      expect(confirmed).toMatchObject({ state: 'AUTHORITY_DECIDING', allowedActions: [] });
      expect((await desk.change(county.registrar, opened.id)).allowedActions).toEqual(['HANDLE']);
      const handled = await desk.after(desk.handle(county.registrar, confirmed, { opinion: '材料齐全' }));
      expect((await desk.change(county.head, opened.id)).allowedActions).toEqual([
        'APPROVE',
        'RETURN',
        'REFUSE',
      ]);
      expect(await desk.identity(school.registrar, student)).toEqual(before);
      const approved = await desk.after(desk.decide(county.head, handled, 'APPROVE'));
      expect(approved.steps.at(-1)).toMatchObject({ party: 'SYSTEM', unit: '000000' });
      expect(await desk.checked(opened.id)).toMatchObject({
        state: 'APPLIED',
        blockers: [],
        steps: [
          { party: 'SCHOOL', decision: 'APPROVE' },
          { party: 'AUTHORITY', unit: '140105', decision: 'APPROVE' },
          { party: 'SYSTEM', decision: 'APPROVE' },
        ],
        allowedActions: [],
      });
      const now = await desk.identity(school.registrar, student);
      expect(now).toMatchObject({
        name: '改名后',
        studentNumber: before.studentNumber,
        verification: { comparison: 'PASS' },
        identityVersion: before.identityVersion + 1,
        formerKeyInformation: [{ change: opened.id, name: before.name }],
      });
    },
  );
});
