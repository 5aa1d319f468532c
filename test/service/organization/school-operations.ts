import { v7 as uuidv7 } from 'uuid';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { Situation } from './situation.ts';

/** What a mutation about a school answers. */
export type Payload = {
  school: {
    id: string;
    name: string;
    kind: string;
    state: string;
    version: number;
    registryAuthority: { code: string };
    formerNames: string[];
  } | null;
  findings: { ruleId: string; outcome: string; code: string }[];
};
export type Mutation =
  | 'createSchool'
  | 'renameSchool'
  | 'changeSchoolType'
  | 'closeSchool'
  | 'mergeSchools'
  | 'revokeSchoolMerger';

/** Input of a county school in Xiaodian, without its key. */
export const primary = {
  name: '小店区试验小学',
  kind: 'PRIMARY',
  ownership: 'PUBLIC',
  managedBy: 'COUNTY',
  county: '140105',
};

/** The six-digit sequence of a school code. */
export const sequenceOf = (code: string): number => Number(code.slice(4));

/** What a mutation answers beside its findings. */
const answerOf = (mutation: Mutation): string =>
  mutation === 'mergeSchools' || mutation === 'revokeSchoolMerger'
    ? 'merger { id state from document { number } ending { school { id } endedOn } }'
    : 'school { id name kind state version registryAuthority { code } formerNames }';

/** Mutations about schools in a situation; `network` is asked each time, so that it may start later. */
export const schoolOperations = (network: () => Situation) => {
  const ask = (who: string | null, mutation: Mutation, input: Record<string, unknown>) => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
    return network().as<Record<Mutation, Payload>>(
      who,
      `mutation ($input: ${type}) { ${mutation}(input: $input) { ${answerOf(mutation)}
         findings { ruleId outcome code basis { article } } } }`,
      { input: { idempotencyKey: uuidv7(), ...input } },
    );
  };
  const done = async (who: string, mutation: Mutation, input: Record<string, unknown>): Promise<Payload> => {
    const { data, errors } = await ask(who, mutation, input);
    expect(errors).toEqual([]);
    const payload = data?.[mutation];
    if (payload === undefined) throw new Error(`${mutation} answered nothing`);
    return payload;
  };
  /** A school of the test's own. */
  const newSchool = async (changes: Record<string, unknown> = {}, who = 'xiaodian') => {
    const { school, findings } = await done(who, 'createSchool', { ...primary, ...changes });
    expect(findings).toEqual([]);
    if (school === null) throw new Error('no school was created');
    return school;
  };
  const rows = <Row>(text: string, parameters: unknown[] = []): Promise<Row[]> =>
    asWorker(network().service('organization').core.worker, (tx) => query<Row>(tx, text, parameters));
  return { ask, done, newSchool, rows };
};
