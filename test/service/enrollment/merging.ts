import { randomUUID } from 'node:crypto';
import type { GraphAnswer, Registry } from '#test/support/registry.ts';

export type Merger = {
  id: string;
  kind: string;
  state: string;
  standing: { id: string };
  movedRegistrations: number | null;
  leftRegistrations: number | null;
  findings: { code: string; message: string }[] | null;
};
export type SchoolView = {
  id: string;
  state: string;
  version: number;
  system: string;
  successor: { id: string } | null;
  merger: Merger | null;
};
type Finding = { ruleId: string; code: string; outcome: string; message: string };

const told = 'findings { ruleId code outcome message }';
const mergerFields = `id kind state standing { id } movedRegistrations leftRegistrations findings { code message }`;
const schoolFields = `id state version system successor { id } merger { ${mergerFields} }`;

/** Schools and their mergers as authorities of the demo nation work on them. */
export const mergingOf = (registry: Registry) => {
  const answered = <Data>({ data, errors }: GraphAnswer<Data>): Data => {
    if (data === null || errors.length > 0) throw new Error(`The graph answered ${JSON.stringify(errors)}`);
    return data;
  };

  const school = async (code: string, who = 'xiaodian'): Promise<SchoolView> =>
    answered(
      await registry.ask<{ school: SchoolView }>(
        who,
        `query ($id: ID!) { school(id: $id) { ${schoolFields} } }`,
        { id: code },
      ),
    ).school;

  const tryMerge = async (
    { standing, ending, ...more }: { standing: string; ending: readonly string[]; from: string },
    who = 'xiaodian',
  ) => {
    const named = async (code: string) => ({
      school: code,
      expectedVersion: (await school(code, who)).version,
    });
    return registry.ask<{ mergeSchools: { merger: Merger | null; findings: Finding[] } }>(
      who,
      `mutation ($input: MergeSchoolsInput!) { mergeSchools(input: $input) { merger { ${mergerFields} } ${told} } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          standing: await named(standing),
          ending: await Promise.all(ending.map(named)),
          document: { number: '教字〔2026〕9号', issuedOn: '2026-09-01' },
          ...more,
        },
      },
    );
  };

  const merge = async (...order: Parameters<typeof tryMerge>) =>
    answered(await tryMerge(...order)).mergeSchools;

  const tryRevoke = (merger: string, who = 'xiaodian', reason = '重新论证') =>
    registry.ask<{ revokeSchoolMerger: { merger: Merger | null; findings: Finding[] } }>(
      who,
      `mutation ($input: RevokeSchoolMergerInput!) {
        revokeSchoolMerger(input: $input) { merger { ${mergerFields} revokedAt revocationReason } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), merger, reason } },
    );

  const create = async (input: Record<string, unknown>, who = 'xiaodian'): Promise<string> => {
    const { school: made, findings } = answered(
      await registry.ask<{ createSchool: { school: { id: string } | null; findings: Finding[] } }>(
        who,
        `mutation ($input: CreateSchoolInput!) { createSchool(input: $input) { school { id } ${told} } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), kind: 'PRIMARY', ownership: 'PUBLIC' },
            ...{ managedBy: 'COUNTY', county: '140105', ...input },
          },
        },
      ),
    ).createSchool;
    if (made === null) throw new Error(JSON.stringify(findings));
    await registry.settled();
    return made.id;
  };

  const changeType = async (code: string, input: Record<string, unknown>, who = 'xiaodian') =>
    answered(
      await registry.ask<{ changeSchoolType: { school: SchoolView | null; findings: Finding[] } }>(
        who,
        `mutation ($input: ChangeSchoolTypeInput!) { changeSchoolType(input: $input) { school { ${schoolFields} } ${told} } }`,
        {
          input: {
            ...{ idempotencyKey: randomUUID(), school: code },
            ...{ expectedVersion: (await school(code, who)).version, ...input },
          },
        },
      ),
    ).changeSchoolType;

  return { answered, school, tryMerge, merge, tryRevoke, create, changeType };
};
export type Merging = ReturnType<typeof mergingOf>;
