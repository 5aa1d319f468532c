import { randomUUID } from 'node:crypto';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { guardian } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { caller, callersPhone, enquiryDeskOf } from './enquiry-desk.ts';
import { callCentre, county, ministry, province } from './ticket-desk.ts';

/** Who calls for a student number, and what the call centre may say. */
describe('a call for a student number', () => {
  let registry: Registry;
  let at: ReturnType<typeof enquiryDeskOf>;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    at = enquiryDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const codesOf = ({ errors }: { errors: { extensions: { code?: string } }[] }) =>
    errors.map(({ extensions }) => extensions.code);
  const auditOf = (person: string) =>
    at.counter.rows<{ caller: string; full_values: boolean }>(
      'complaint-ticket',
      'select caller, full_values from read_audit where $1 = any(persons)',
      [person],
    );
  const nobody = { name: '查无此人', documentNumber: '140105202001060034' };

  test(
    holds('ID-29', 'is answered with the number for a guardian of the record or the student who proves it'),
    async () => {
      const child = await at.pupil();
      const who = at.atPhone();
      const answer = await at.enquire(who, at.motherOf(child));
      expect(answer.findings).toEqual([]);
      expect(answer.studentNumber).toMatch(/^L140105/);
      expect(answer.enquiry).toMatchObject({
        ...{ unit: '140000', by: who.sub, channel: 'PHONE', asks: 'GUARDIAN', outcome: 'TOLD' },
        ...{ enquirerName: caller.name, studentName: child.name },
      });
      const { guardian: _, phone: __, ...own } = at.motherOf(child);
      const byStudent = { ...own, asks: 'STUDENT', channel: 'EMAIL', school: taiyuanPrimary };
      expect((await at.enquire(who, byStudent)).studentNumber).toBe(answer.studentNumber);
    },
  );

  test(
    breaks(
      'ID-29',
      'is refused with one and the same answer, whatever was wrong, and where there is no child',
    ),
    async () => {
      const child = await at.pupil();
      const right = at.motherOf(child);
      const { phone: _, ...bare } = right;
      const wrong = [
        { ...right, student: nobody },
        { ...right, student: { ...right.student, name: nobody.name } },
        { ...right, student: { ...nobody, name: child.name } },
        { ...right, guardian: { ...caller, name: '另一人' } },
        { ...right, guardian: { ...caller, documentNumber: nobody.documentNumber } },
        { ...right, phone: '13900000000' },
        { ...bare, birthDate: '2020-05-06' },
        { ...right, asks: 'OTHER' },
        { ...bare, school: '2114000002' },
      ];
      const said = new Set<string>();
      for (const [nth, input] of wrong.entries()) {
        const { enquiry, ...answer } = await at.enquire(at.atPhone(), { ...input });
        expect(enquiry?.outcome).toBe('REFUSED');
        said.add(JSON.stringify(answer));
        if (nth === 4) registry.clock.moveTo(anHourLater());
      }
      expect(said.size).toBe(1);
      expect(JSON.parse([...said][0] ?? '')).toMatchObject({
        studentNumber: null,
        findings: [{ ruleId: 'ID-29', code: 'ENQUIRER_NOT_VERIFIED', outcome: 'REJECT', path: ['enquirer'] }],
      });
      expect(await auditOf(child.person)).toEqual([]);
    },
  );

  const anHourLater = () => new Date(Date.parse(registry.clock.now()) + 3_600_000).toISOString();

  test('leaves the same trace in the same rows whether the child is known or not, and no number in any', async () => {
    const child = await at.pupil();
    const who = at.atPhone();
    const right = at.motherOf(child);
    await at.enquire(who, { ...right, guardian: { ...caller, name: '样另母' } });
    await at.enquire(who, {
      ...right,
      guardian: { ...caller, name: '样另母' },
      student: { ...nobody, name: child.name },
    });
    const rows = await at.counter.rows<Record<string, unknown>>(
      'complaint-ticket',
      `select unit, by_subject, outcome, student_id, length(sealed) as size from number_enquiry where by_subject = $1`,
      [who.sub],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(rows[1]);
    const kept = await at.counter.rows(
      'complaint-ticket',
      'select row_to_json(e)::text as text from number_enquiry e union all select answer::text from idempotency',
    );
    expect(JSON.stringify(kept)).not.toContain(child.number);
    expect(JSON.stringify(kept)).not.toContain(child.name);
  });

  test(holds('PRV-14', 'is told in full to be read out, and marked so in the access log'), async () => {
    const child = await at.pupil();
    const who = at.atPhone();
    await at.enquire(who, at.motherOf(child));
    expect(await auditOf(child.person)).toEqual([{ caller: who.sub, full_values: true }]);
  });

  test('is answered once: repeated under its key it is one line of the log; with other words the key is refused', async () => {
    const child = await at.pupil();
    const who = at.atPhone();
    const order = { idempotencyKey: randomUUID(), ...at.motherOf(child) };
    const first = await at.enquire(who, order);
    const second = await at.enquire(who, order);
    expect(second).toEqual(first);
    expect(second.studentNumber).not.toBeNull();
    expect(codesOf(await at.tryEnquire(who, { ...order, phone: '1' }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    const mine = (await at.log(callCentre)).filter(({ by }) => by === who.sub);
    expect(mine.map(({ id }) => id)).toEqual([first.enquiry?.id]);
  });

  test(
    breaks(
      'ID-29',
      'is not heard from who guesses: after some tries about one document, nor after many about all',
    ),
    async () => {
      const child = await at.pupil();
      const right = at.motherOf(child);
      for (const document of [child.number, '140105202001060050']) {
        const about = { ...right, student: { name: '猜一个', documentNumber: document } };
        for (let n = 0; n < 5; n++) await at.enquire(at.atPhone(), about);
        const stopped = await at.tryEnquire(at.atPhone(), {
          ...about,
          student: { ...about.student, name: child.name },
        });
        expect(codesOf(stopped)).toEqual(['RATE_LIMITED']);
        expect(stopped.errors[0]?.extensions).toMatchObject({ retryAfter: expect.any(Number) });
      }
      const who = at.atPhone();
      for (let n = 0; n < 30; n++)
        await at.enquire(who, {
          ...right,
          student: { ...nobody, documentNumber: `1401052020010${1000 + n}` },
        });
      expect(codesOf(await at.tryEnquire(who, at.motherOf(await at.pupil())))).toEqual(['RATE_LIMITED']);
      registry.clock.moveTo(anHourLater());
      expect((await at.enquire(who, right)).studentNumber).not.toBeNull();
    },
  );

  test(
    breaks('PRV-12', 'is answered by call centres alone, and its log read where it was answered'),
    async () => {
      const child = await at.pupil();
      const who = at.atPhone();
      const { enquiry } = await at.enquire(who, at.motherOf(child));
      const outside = ['OUT_OF_JURISDICTION'];
      for (const other of [county.registrar, province.head, ministry, guardian('any')])
        expect(codesOf(await at.tryEnquire(other, at.motherOf(child)))).toEqual(outside);
      expect((await at.log(province.head)).map(({ id }) => id)).toContain(enquiry?.id);
      expect((await at.log(ministry)).map(({ id }) => id)).not.toContain(enquiry?.id);
      const elsewhere = { ...callCentre, sub: 'phone-410000', unit: '410000' };
      expect(await at.log(elsewhere)).toEqual([]);
      const refused = await at.desk.ask(county.head, '{ numberEnquiries { edges { node { id } } } }');
      expect(codesOf(refused)).toEqual(outside);
    },
  );

  test('needs all that it is asked for, each problem told at once and no value repeated', async () => {
    const answer = await at.tryEnquire(at.atPhone(), {
      ...{ channel: 'PHONE', asks: 'GUARDIAN', phone: callersPhone, birthDate: '2020-05-06' },
      student: { name: ' ', documentNumber: '1' },
    });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    const paths = JSON.stringify(answer.errors);
    for (const path of ['name', 'documentNumber']) expect(paths).toContain(path);
    expect(paths).not.toContain(callersPhone);
  });
});
