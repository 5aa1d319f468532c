import { studentNumberKind } from '#libs/law/identity/student-number.ts';
import { startIssueWorker } from '#services/identity/number/issue-run.ts';
import type { PopulationRegister } from '#services/identity/register/population-register.ts';
import {
  type Counter,
  counterOf,
  otherTaiyuanPrimary,
  type Registration,
  taiyuanPrimary,
} from '#test/service/enrollment/counter.ts';
import { type Form, girl, withoutDocument } from '#test/service/enrollment/pupils.ts';
import { importWorkbook, type Registry, sampleWorkbook, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

type Numbers = { kind: string; state: string; value: string; validTo: string | null; reason: string };
type Run = {
  id: string;
  state: string;
  examined: number;
  issuedG: number;
  issuedJ: number;
  problems: number;
};

const crowd = 230;

/** The numbers of a school's new pupils: as the yearly issue replaces them. */
describe('student numbers', () => {
  let registry: Registry;
  let counter: Counter;
  const known = new Map<string, Registration>();

  const forms: Record<string, Form> = {
    resident: girl(1),
    disagreed: girl(2),
    taken: girl(3),
    passport: girl(4, { idDocumentType: 'PASSPORT', idDocumentNumber: 'E00000004' }),
    hongKong: girl(5, { idDocumentType: 'HK_MACAO_PERMIT', idDocumentNumber: 'H00000005' }),
    none: withoutDocument(6),
  };

  const personOf = (name: string): string => known.get(name)?.id.slice(0, 36) ?? '';

  const numbersOf = async (name: string): Promise<Numbers[]> => {
    const answer = await counter.ask<{ student: { numberHistory: Numbers[] } }>(
      'registrar',
      `query ($id: ID!) { student(id: $id) { numberHistory { kind state value(full: true) validTo reason } } }`,
      { id: personOf(name) },
    );
    return counter.answered(answer).student.numberHistory;
  };

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    const { bytes } = await sampleWorkbook({ rows: crowd, bad: 0 });
    await importWorkbook(registry, { who: 'registrar', school: taiyuanPrimary, bytes, key: 'crowd' });
    for (const [name, form] of Object.entries(forms)) {
      known.set(name, await counter.registered(taiyuanPrimary, form));
    }
    await counter.registered(otherTaiyuanPrimary, girl(9));
    counter.answered(
      await counter.ask(
        'xiaodian',
        `mutation ($input: DecideRegistrationsInput!) { decideRegistrations(input: $input) { decided } }`,
        {
          input: {
            idempotencyKey: 'all',
            decision: 'APPROVE',
            reason: '材料齐全',
            allPendingOfSchool: taiyuanPrimary,
          },
        },
      ),
    );
    await registry.settled();
  });
  afterAll(() => registry?.stop());

  describe('in the spring', () => {
    const issueAs = async (who: string, key: string) =>
      counter.ask<{ issueFormalNumbers: { run: Run | null; findings: { code: string }[] } }>(
        who,
        `mutation ($input: IssueFormalNumbersInput!) { issueFormalNumbers(input: $input) {
          run { id state examined issuedG issuedJ problems } findings { code } } }`,
        { input: { idempotencyKey: key } },
      );
    const issue = async (key: string): Promise<Run> => {
      const { run, findings } = counter.answered(await issueAs('ministry', key)).issueFormalNumbers;
      if (run === null) throw new Error(`No run: ${JSON.stringify(findings)}`);
      return run;
    };
    const formal = async (): Promise<number> => {
      const [row] = await counter.rows<{ count: number }>(
        'identity',
        `select count(*)::int as count from student_number where kind <> 'L_TEMPORARY'`,
      );
      return row?.count ?? -1;
    };
    const issued = crowd + 4;

    /** Answers so many times and is gone then, as if the machine had died in between. */
    const shortLived = (answers: number): PopulationRegister & { asked: number } => ({
      asked: 0,
      async compare(persons) {
        this.asked++;
        if (this.asked > answers) throw new Error('gone');
        return new Map(persons.map(({ ref }) => [ref, 'PASS' as const]));
      },
    });

    beforeAll(async () => {
      registry.register.disagreeAbout(String(forms.disagreed?.idDocumentNumber));
      const { core } = registry.network.service('identity');
      const hash = core.sealing.hash('student-number', `G${forms.taken?.idDocumentNumber}`);
      await counter.change('identity', 'insert into number_claim (hash, person_id) values ($1, $2)', [
        hash,
        personOf('resident'),
      ]);
    });

    test(breaks('ID-07', 'no school, county or province issues numbers'), async () => {
      for (const who of ['registrar', 'xiaodian', 'shanxi']) {
        const { errors } = await issueAs(who, `by ${who}`);
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      }
    });

    test(breaks('ID-07', 'the nation waits until spring term has opened in its last province'), async () => {
      registry.clock.moveTo('2027-02-28T09:00:00+08:00');
      const early = counter.answered(await issueAs('ministry', 'early')).issueFormalNumbers;
      expect(early).toMatchObject({ run: null, findings: [{ code: 'FORMAL_ISSUE_TOO_EARLY' }] });
    });

    test(
      holds('ID-07', 'while the population register is out of service the issue waits and loses nobody'),
      async () => {
        registry.clock.moveTo('2027-03-01T09:00:00+08:00');
        registry.register.setOutage(true);
        const asked = registry.register.requests();
        await issue('spring');
        await counter.until('the register was asked', async () => registry.register.requests() > asked);
        expect(await issue('spring')).toMatchObject({
          state: 'RUNNING',
          examined: 0,
          issuedG: 0,
          issuedJ: 0,
        });
        expect(await formal()).toBe(0);
      },
    );

    test(holds('ID-07', 'a run that died after its first batch keeps what it gave'), async () => {
      const register = shortLived(1);
      const worker = startIssueWorker(registry.network.service('identity').core, register);
      await counter.until('the second batch was begun', async () => register.asked > 1);
      await worker.stop();
      const run = await issue('spring');
      expect(run.state).toBe('RUNNING');
      expect(run.examined).toBe(200);
      expect(await formal()).toBe(run.issuedG + run.issuedJ);
    });

    test(
      holds('ID-08', 'the next one goes on where it stopped, and each pupil gets one number'),
      async () => {
        registry.register.setOutage(false);
        await counter.until('the run is done', async () => (await issue('spring')).state === 'DONE');
        await registry.settled();
        expect(await issue('spring')).toMatchObject({ examined: crowd + 6, problems: 2 });
        expect(await formal()).toBe(issued);
        const [twice] = await counter.rows<{ persons: number }>(
          'identity',
          `select count(*)::int as persons from (select person_id from student_number group by person_id
           having count(*) > 2 or count(*) filter (where state = 'ACTIVE') <> 1) as odd`,
        );
        expect(twice?.persons).toBe(0);
      },
    );

    test(holds('ID-10', 'who has a resident ID number and passed has the G number built on it'), async () => {
      const numbers = await numbersOf('resident');
      expect(numbers.map(({ kind, state }) => [kind, state])).toEqual([
        ['L_TEMPORARY', 'SUPERSEDED'],
        ['G_FORMAL', 'ACTIVE'],
      ]);
      expect(numbers[1]?.value).toBe(`G${forms.resident?.idDocumentNumber}`);
      const [row] = await counter.rows(
        'identity',
        'select checks from student_number where person_id = $1 and ordinal = 2',
        [personOf('resident')],
      );
      expect(row).toEqual({ checks: { duplicateCheck: 'CLEAN', comparison: 'PASS' } });
    });

    test(
      holds('ID-08', 'who has none has a J number of county, birthday, sequence and check character'),
      async () => {
        const values = await Promise.all(
          ['passport', 'hongKong', 'none'].map(async (name) => (await numbersOf(name)).at(-1)?.value ?? ''),
        );
        expect(values.map((value) => studentNumberKind(value))).toEqual(Array(3).fill('J_FORMAL'));
        expect(values.map((value) => value.slice(0, 15))).toEqual(Array(3).fill('J14010520200506'));
        expect(values.map((value) => value.slice(15, 18)).sort()).toEqual(['000', '001', '002']);
      },
    );

    test.each([
      ['the register disagrees', 'disagreed', 'COMPARISON_FAILED'],
      ['the number is somebody else’s', 'taken', 'DUPLICATE'],
    ])(breaks('ID-10', 'where %s the L number stays and a problem record opens'), async (_, name, kind) => {
      expect((await numbersOf(name)).map(({ kind, state }) => [kind, state])).toEqual([
        ['L_TEMPORARY', 'ACTIVE'],
      ]);
      const problems = await counter.rows(
        'identity',
        'select kind, state from problem_record where person_id = $1',
        [personOf(name)],
      );
      expect(problems).toEqual([{ kind, state: 'OPEN' }]);
    });

    test(breaks('ID-08', 'who is not yet approved has no formal number'), async () => {
      const rows = await counter.rows<{ kind: string }>(
        'identity',
        `select n.kind from student_number n join person p on p.person_id = n.person_id where not p.approved`,
      );
      expect(rows).toEqual([{ kind: 'L_TEMPORARY' }]);
    });

    test(
      breaks('ID-07', 'asked again in the same year, under whatever key, nobody gets another number'),
      async () => {
        const first = await issue('spring');
        expect(await issue('once more')).toEqual(first);
        expect(await formal()).toBe(issued);
      },
    );

    test(holds('ID-01', 'every number ever given finds its person, however it is typed'), async () => {
      const [temporary, present] = (await numbersOf('resident')).map(({ value }) => value);
      const wide = [...(present ?? '')]
        .map((sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0))
        .join('');
      const typed = [
        temporary,
        present,
        present?.toLowerCase(),
        ` ${present} `,
        present?.replace(/(.{7})/, '$1 '),
        wide,
      ];
      for (const number of typed) {
        const answer = await counter.ask<{ studentByNumber: { id: string } }>(
          'registrar',
          'query ($number: String!) { studentByNumber(number: $number) { id } }',
          { number },
        );
        expect(answer.data?.studentByNumber.id).toBe(personOf('resident'));
      }
    });

    test(breaks('ID-01', 'to others a number that exists and one that does not are the same'), async () => {
      const [, present] = (await numbersOf('resident')).map(({ value }) => value);
      const ask = (number: string | undefined) =>
        counter.ask(
          'other-registrar',
          'query ($number: String!) { studentByNumber(number: $number) { id } }',
          {
            number,
          },
        );
      const there = await ask(present);
      expect(there.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
      expect(await ask('G000000000000000000')).toEqual(there);
    });
  });
});
