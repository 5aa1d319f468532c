import { v7 as uuidv7 } from 'uuid';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { type Mutation, primary, schoolOperations } from './school-operations.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation();
});
afterAll(() => network?.stop());

const { ask } = schoolOperations(() => network);

describe('who may not', () => {
  const attempts = (school: string): [Mutation, Record<string, unknown>][] => [
    ['createSchool', primary],
    ['renameSchool', { school, expectedVersion: 1, name: '新名' }],
    ['changeSchoolType', { school, expectedVersion: 1, kind: 'JUNIOR' }],
    ['closeSchool', { school, expectedVersion: 1, reason: '理由' }],
    [
      'mergeSchools',
      {
        standing: { school: '2114000002', expectedVersion: 1 },
        ending: [{ school, expectedVersion: 1 }],
        from: '2026-03-02',
        document: { number: '1', issuedOn: '2026-03-02' },
      },
    ],
    ['revokeSchoolMerger', { merger: uuidv7(), reason: '理由' }],
  ];

  test.each([
    'registrar',
    'head',
    'class-teacher',
    'guardian',
    'integrator',
    'call-centre',
    'information-centre',
    'ministry',
  ])('%s changes no school', async (who) => {
    for (const [mutation, input] of attempts('2114000001')) {
      expect(refusal(await ask(who, mutation, input))).toBe('OUT_OF_JURISDICTION');
    }
  });

  test('nobody does without a token', async () => {
    for (const [mutation, input] of attempts('2114000001')) {
      expect(refusal(await ask(null, mutation, input))).toBe('UNAUTHENTICATED');
    }
  });

  test('nor does an authority whose token names no unit, or one that the tree does not have', async () => {
    const claims = {
      ...{ sub: 'x', level: 'COUNTY', roles: ['DECISION_MAKER'] },
      ...{ scope: SCOPES.decide, acr: TWO_FACTORS },
    };
    for (const unit of [undefined, '999999']) {
      const token = await network.tokenFor({ ...claims, unit });
      const answer = await network.graphql(
        'organization',
        token,
        'mutation ($input: CreateSchoolInput!) { createSchool(input: $input) { findings { code } } }',
        { input: { idempotencyKey: uuidv7(), ...primary } },
      );
      expect(refusal(answer)).toBe('OUT_OF_JURISDICTION');
    }
  });
});
