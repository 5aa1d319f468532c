import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import { codesOf, type Decided, type Registered, type Registration, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

const told = 'findings { ruleId code }';
const registration = 'id version status allowedActions';

/** One login with two posts: registrar of a school yesterday, decision-maker of its county today. */
describe('a registration and the two persons it needs', () => {
  let registry: Registry;
  let desk: CaseDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = caseDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const school = schoolDesks(taiyuanPrimary);
  const county = authorityDesks('140105');
  const atSchool: Desk = { ...school.registrar, sub: 'both' };
  const atCounty: Desk = { ...county.head, sub: 'both' };

  const register = async (who: Desk, sequence: number): Promise<Registration> => {
    const { registerStudent } = desk.answered(
      await desk.ask<{ registerStudent: Registered }>(
        who,
        `mutation ($input: RegisterStudentInput!) {
          registerStudent(input: $input) { enrollment { ${registration} } ${told} } }`,
        { input: { idempotencyKey: randomUUID(), school: taiyuanPrimary, form: girl(sequence) } },
      ),
    );
    if (registerStudent.enrollment === null) throw new Error(JSON.stringify(registerStudent.findings));
    return registerStudent.enrollment;
  };

  const decide = async (who: Desk, { id, version }: Registration, decision: string, reason?: string) => {
    const { decideRegistrations } = desk.answered(
      await desk.ask<{ decideRegistrations: Decided }>(
        who,
        `mutation ($input: DecideRegistrationsInput!) { decideRegistrations(input: $input) {
           decided results { ${told} enrollment { ${registration} } } } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), decision, reason },
            registrations: [{ enrollment: id, expectedVersion: version }],
          },
        },
      ),
    );
    return decideRegistrations;
  };

  const actions = async (who: Desk, { id }: Registration): Promise<string[]> => {
    const { student } = desk.answered(
      await desk.ask<{ student: { enrollment: { allowedActions: string[] } } }>(
        who,
        `query ($id: ID!) { student(id: $id) { enrollment { allowedActions } } }`,
        { id: id.slice(0, 36) },
      ),
    );
    return student.enrollment.allowedActions.filter((action) => action !== 'ASSIGN_CLASS');
  };

  test(
    breaks('ACC-18', 'who entered it does not decide on it, nor with all that wait of the school'),
    async () => {
      const entered = await register(atSchool, 1);
      for (const decision of ['APPROVE', 'RETURN']) {
        const { decided, results } = await decide(atCounty, entered, decision, '材料齐全');
        expect(decided).toBe(0);
        expect(codesOf(results[0]?.findings ?? [])).toEqual(['SAME_PERSON_HANDLES_AND_DECIDES']);
      }
      expect(await actions(atCounty, entered)).toEqual([]);
      const { decideRegistrations } = desk.answered(
        await desk.ask<{ decideRegistrations: Decided }>(
          atCounty,
          `mutation ($input: DecideRegistrationsInput!) { decideRegistrations(input: $input) { decided refused } }`,
          {
            input: {
              ...{ idempotencyKey: randomUUID(), decision: 'APPROVE', reason: '材料齐全' },
              allPendingOfSchool: taiyuanPrimary,
            },
          },
        ),
      );
      expect(decideRegistrations).toMatchObject({ decided: 0, refused: 1 });
    },
  );

  test(holds('ACC-18', 'another decision-maker of the county does'), async () => {
    const entered = await register(atSchool, 2);
    expect(await actions(county.head, entered)).toEqual(['APPROVE', 'RETURN', 'REFUSE']);
    expect(await decide(county.head, entered, 'APPROVE')).toMatchObject({ decided: 1 });
  });

  test(breaks('ACC-18', 'who handed it in again does not decide on it either'), async () => {
    const entered = await register(school.registrar, 3);
    const sent = await decide(county.head, entered, 'RETURN', '户口簿不清晰');
    const returned = sent.results[0]?.enrollment;
    if (!returned) throw new Error('Not sent back');
    const { resubmitRegistration } = desk.answered(
      await desk.ask<{ resubmitRegistration: Registered }>(
        atSchool,
        `mutation ($input: ResubmitRegistrationInput!) {
          resubmitRegistration(input: $input) { enrollment { ${registration} } ${told} } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), enrollment: returned.id, note: '已补充' },
            expectedVersion: returned.version,
          },
        },
      ),
    );
    const again = resubmitRegistration.enrollment;
    if (again === null) throw new Error('Not handed in');
    const refused = await decide(atCounty, again, 'APPROVE');
    expect(codesOf(refused.results[0]?.findings ?? [])).toEqual(['SAME_PERSON_HANDLES_AND_DECIDES']);
    const first = await decide({ ...county.head, sub: school.registrar.sub }, again, 'APPROVE');
    expect(codesOf(first.results[0]?.findings ?? [])).toEqual(['SAME_PERSON_HANDLES_AND_DECIDES']);
    expect(await decide(county.head, again, 'APPROVE')).toMatchObject({ decided: 1 });
  });
});
