import { v7 as uuidv7 } from 'uuid';
import { lookAtAccounts } from '#services/organization/registrar/account-worker.ts';
import type { Answer } from '#test/support/network.ts';
import { SCHOOLS, type Situation } from './situation.ts';

export type FindingView = { ruleId: string; outcome: string; code: string };
export type RegistrarView = {
  id: string;
  state: string;
  version: number;
  roles: string[];
  name: string;
  phone: string | null;
  subject: string | null;
  trainings: string[] | null;
  certificateNo: string | null;
  lastUsedOn: string | null;
  successor: string | null;
  findings: FindingView[] | null;
  allowedActions: string[];
};
type Payload = { registrar: RegistrarView | null; findings: FindingView[] };

export const registrarFields = `id state version roles name phone subject trainings certificateNo lastUsedOn successor
  findings { ruleId outcome code } allowedActions`;

const inputs = {
  nominateRegistrar: 'NominateRegistrarInput',
  recordTraining: 'RecordTrainingInput',
  fileRegistrar: 'FileRegistrarInput',
  activateAccount: 'ActivateAccountInput',
  replaceRegistrar: 'ReplaceRegistrarInput',
  suspendAccount: 'AccountDecisionInput',
  restoreAccount: 'AccountDecisionInput',
  unsealAccount: 'UnsealAccountInput',
} as const;
export type RegistrarMutation = keyof typeof inputs;

/** Somebody to nominate at the primary school in Xiaodian, under a login of its own. */
export const nominee = (changes: Record<string, unknown> = {}) => ({
  school: '2114000001',
  roles: ['REGISTRAR'],
  subject: `login-${uuidv7()}`,
  name: '甄文书',
  phone: '15400000017',
  isEstablishmentStaff: true,
  ...changes,
});

/** The code of a core school by its name. */
export const schoolNamed = (name: string): string => {
  const found = SCHOOLS.find((school) => school.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found.code;
};

/** Mutations about registrars in a situation; `network` is asked each time, so that it may start later. */
export const registrarOperations = (network: () => Situation) => {
  const ask = (
    who: string | null,
    mutation: RegistrarMutation,
    input: Record<string, unknown>,
  ): Promise<Answer<Record<string, Payload>>> =>
    network().as<Record<string, Payload>>(
      who,
      `mutation ($input: ${inputs[mutation]}!) { payload: ${mutation}(input: $input) {
         registrar { ${registrarFields} } findings { ruleId outcome code } } }`,
      { input: { idempotencyKey: uuidv7(), ...input } },
    );
  const done = async (...args: Parameters<typeof ask>): Promise<Payload> => {
    const { data, errors } = await ask(...args);
    expect(errors).toEqual([]);
    if (!data?.payload) throw new Error('the operation answered nothing');
    return data.payload;
  };
  /** As `done`, where the law has nothing against it. */
  const passed = async (...args: Parameters<typeof ask>): Promise<RegistrarView> => {
    const { registrar, findings } = await done(...args);
    expect(findings.filter(({ outcome }) => outcome === 'REJECT' || outcome === 'HOLD')).toEqual([]);
    if (registrar === null) throw new Error('nobody was changed');
    return registrar;
  };
  const seen = ({ id, version }: RegistrarView) => ({ registrar: id, expectedVersion: version });

  /** Somebody with an open account, all the way from nomination, opened by the unit that receives the filing. */
  const inPost = async (
    changes: Record<string, unknown> = {},
    by = 'xiaodian',
    opening: Record<string, unknown> = {},
  ): Promise<RegistrarView & { subject: string }> => {
    const person = nominee(changes);
    const nominated = await passed(by, 'nominateRegistrar', person);
    const trainedOn = network().clock.today();
    const trained = await passed(by, 'recordTraining', { ...seen(nominated), trainedOn });
    const filed = await passed(by, 'fileRegistrar', seen(trained));
    const active = await passed(by, 'activateAccount', { ...seen(filed), ...opening });
    return { ...active, subject: person.subject };
  };
  const look = async (who: string, id: string): Promise<RegistrarView> => {
    const { data, errors } = await network().as<{ registrar: RegistrarView }>(
      who,
      `query ($id: ID!) { registrar(id: $id) { ${registrarFields} } }`,
      { id },
    );
    expect(errors).toEqual([]);
    if (!data) throw new Error('nobody was found');
    return data.registrar;
  };
  /** Lets every look at accounts that is due take place. */
  const allLookedAt = async (): Promise<void> => {
    const { core } = network().service('organization');
    while (await lookAtAccounts(core));
    await network().settled();
  };
  return { ask, done, passed, seen, inPost, look, allLookedAt };
};
