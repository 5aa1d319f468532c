import { randomUUID } from 'node:crypto';
import { Initiating, Wanted } from './wanted.ts';

const student = { name: '样例甲', studentNumber: 'G140105202005060020' };
const request = {
  ...{
    kind: 'IN_PROVINCE_TRANSFER',
    stage: 'PRIMARY',
    grade: 2,
    appliedOn: '2026-09-02',
    wantedBy: 'FAMILY',
  },
  reason: { ground: 'OTHER', proofChecked: true, meetsLocalRequirements: true },
};
const checks = { proofChecked: true, meetsLocalRequirements: true };
const problems = (given: unknown): string[] =>
  Wanted.safeParse(given).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a case that a school wants', () => {
  test('is about a pupil known by number, found by a check, or applied for by the guardian', () => {
    const [application, found] = [randomUUID(), randomUUID()];
    expect(Wanted.parse({ ...request, student })).toMatchObject({ by: 'SCHOOL', request: { grade: 2 } });
    expect(Wanted.parse({ ...request, found })).toMatchObject({ by: 'CHECK', found, request: { found } });
    expect(Wanted.parse({ application, reason: checks })).toMatchObject({ by: 'GUARDIAN', application });
  });

  test('names the pupil in one way: neither none nor two', () => {
    expect(problems(request)).toContain('student');
    expect(problems({ ...request, student, found: randomUUID() })).toContain('student');
  });

  test('says everything itself where no application says it, and every gap is told at once', () => {
    expect(problems({ student, reason: checks })).toEqual([
      ...['kind', 'stage', 'grade', 'appliedOn', 'wantedBy', 'reason.ground'],
    ]);
  });

  test('does not say once more what the guardian has said, and above all no other day', () => {
    expect(problems({ ...request, application: randomUUID() })).toEqual([
      ...['kind', 'stage', 'grade', 'appliedOn', 'wantedBy', 'reason.ground'],
    ]);
  });

  test('takes what is null for what is left out', () => {
    const application = randomUUID();
    const given = {
      application,
      student: null,
      kind: null,
      reason: { ...checks, ground: null },
      evidence: null,
    };
    expect(Wanted.parse(given)).toMatchObject({ by: 'GUARDIAN', evidence: [] });
  });

  test('cannot claim by itself that a guardian has applied, or when it was typed in', () => {
    const made = Initiating.parse({
      idempotencyKey: 'once',
      ...request,
      ...{ student, typedOn: '2020-01-01' },
    }).wanted;
    expect(made).toMatchObject({ by: 'SCHOOL' });
    expect(JSON.stringify(made)).not.toMatch(/typedOn|application/);
  });
});
