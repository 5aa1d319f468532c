import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import {
  guardian,
  type Pupil,
  receiving,
  sending,
  type Transfer,
  type TransferDesk,
} from './transfer-desk.ts';

export type Application = {
  id: string;
  state: string;
  version: number;
  student: { id: string } | null;
  pupilName: string | null;
  school: { id: string } | null;
  county: string | null;
  arranged: boolean;
  proposedSchool: { id: string } | null;
  placeKeptUntil: string | null;
  kind: string;
  grade: number;
  ground: string;
  appliedOn: string;
  deadline: string;
  overdue: boolean;
  papersAsked: string[];
  reasons: string[];
  transfer: { id: string; state: string } | null;
  blockers: { finding: { code: string }; side: string | null; removedBy: string | null }[];
  progress: string;
  allowedActions: string[];
};
export type ApplicationAnswer = { application: Application | null; findings: Told[] };

const told = 'findings { ruleId outcome code message remedy path }';
export const applicationFields = `id state version student { id } pupilName school { id } county arranged proposedSchool { id } placeKeptUntil kind grade ground
  appliedOn deadline overdue papersAsked reasons transfer { id state }
  blockers { finding { code } side removedBy } progress allowedActions`;

/** The registry as families use it who ask for a transfer, and those who answer them. */
export const applicationDeskOf = (desk: TransferDesk) => {
  const { answered, ask } = desk.desk;

  /** The guardian of a child, linked by its school on papers. */
  const familyOf = async ({ person }: Pupil, at: { registrar: Desk } = sending): Promise<Desk> => {
    const who = guardian(`of-${person}`);
    answered(
      await ask(
        at.registrar,
        'mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { findings { code } } }',
        {
          input: {
            ...{ idempotencyKey: randomUUID(), student: person, subject: who.sub },
            ...{ position: 1, basis: 'HOUSEHOLD_REGISTER' },
          },
        },
      ),
    );
    await desk.registry.settled();
    return who;
  };

  const asked = ({ person }: Pick<Pupil, 'person'>, more: Record<string, unknown> = {}) => ({
    student: person,
    school: receiving.school,
    ...{ stage: 'PRIMARY', grade: 2 },
    reason: { ground: 'HOUSEHOLD_MOVE', household: { across: 'COUNTY', withGuardians: true } },
    ...more,
  });

  const tryOn = (who: Desk, name: string, type: string, input: Record<string, unknown>) =>
    ask<Record<string, ApplicationAnswer>>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { application { ${applicationFields} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
  const order = async (...sent: Parameters<typeof tryOn>): Promise<ApplicationAnswer> => {
    const answer = answered(await tryOn(...sent))[sent[1]];
    if (answer === undefined) throw new Error('No answer');
    return answer;
  };
  const apply = (who: Desk, child: Pick<Pupil, 'person'>, more: Record<string, unknown> = {}) =>
    order(who, 'applyForTransfer', 'ApplyForTransferInput', asked(child, more));

  /** The application after somebody's move; throws where it was refused. */
  const after = async (move: Promise<ApplicationAnswer>): Promise<Application> => {
    const { application, findings } = await move;
    if (application === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return application;
  };

  const onIt =
    (name: string) =>
    (who: Desk, seen: Application, more: Record<string, unknown> = {}) =>
      order(who, name, `${name[0]?.toUpperCase()}${name.slice(1)}Input`, {
        ...{ application: seen.id, expectedVersion: seen.version },
        ...more,
      });

  const see = (who: Desk, id: string) =>
    ask<{ transferApplication: Application }>(
      who,
      `query ($id: ID!) { transferApplication(id: $id) { ${applicationFields} } }`,
      { id },
    );
  const seen = async (who: Desk, id: string): Promise<Application> =>
    answered(await see(who, id)).transferApplication;
  const list = async (who: Desk, filter: Record<string, unknown> = {}): Promise<string[]> =>
    answered(
      await ask<{ transferApplications: { edges: { node: { id: string } }[] } }>(
        who,
        `query ($f: TransferApplicationFilter) { transferApplications(filter: $f, first: 200) { edges { node { id } } } }`,
        { f: filter },
      ),
    ).transferApplications.edges.map(({ node }) => node.id);

  /** What the receiving school adds, which it has checked itself. */
  const checked = { reason: { proofChecked: true, meetsLocalRequirements: true } };
  const proof = async (registrar: Desk, kind = 'REASON_PROOF') => [
    { upload: (await desk.desk.paper(registrar, kind)).upload, kind },
  ];
  /** The school puts a case together on an application. */
  const takeUp = async (
    who: { registrar: Desk },
    { id }: Pick<Application, 'id'>,
    more: Record<string, unknown> = {},
  ) =>
    desk.order(who.registrar, 'initiateTransfer', 'InitiateTransferInput', {
      ...{ application: id, ...checked, evidence: await proof(who.registrar) },
      ...more,
    });
  const takenUp = async (who: { registrar: Desk }, application: Application): Promise<Transfer> =>
    desk.after(takeUp(who, application));

  const eventsOf = async (id: string): Promise<string[]> =>
    (
      await desk.counter.rows<{ told: string }>(
        'transfer',
        `select type || coalesce(' ' || (event -> 'data' ->> 'state'), '') as told
         from (select type, event, aggregate_id, version from event_log
           union select type, event, aggregate_id, version from outbox) e
         where aggregate_id = $1 order by version`,
        [`transfer-application:${id}`],
      )
    ).map(({ told: each }) => each);

  const propose = onIt('proposeSchool');
  const arrangeProposed = onIt('arrangeSchool');
  /** The two of a county arrange a school; the answer of the first to whom the law says no. */
  const arrange = async (
    unit: { registrar: Desk; head: Desk },
    waiting: Application,
    school: string,
  ): Promise<ApplicationAnswer> => {
    const proposed = await propose(unit.registrar, waiting, { school });
    return proposed.application === null ? proposed : arrangeProposed(unit.head, proposed.application);
  };

  return {
    ...{
      familyOf,
      asked,
      tryOn,
      order,
      apply,
      after,
      see,
      seen,
      list,
      checked,
      proof,
      takeUp,
      takenUp,
      eventsOf,
    },
    withdraw: onIt('withdrawTransferApplication'),
    decline: onIt('declineTransferApplication'),
    askForPapers: onIt('askForTransferPapers'),
    requestArrangement: onIt('requestCountyArrangement'),
    ...{ propose, arrangeProposed, arrange },
  };
};
export type ApplicationDesk = ReturnType<typeof applicationDeskOf>;
