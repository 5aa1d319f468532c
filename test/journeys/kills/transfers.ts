import { randomUUID } from 'node:crypto';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { until } from '#test/events/support/checks.ts';
import { caseDeskOf, type Desk } from '#test/service/enrollment/case-desk.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import {
  type Answer,
  receiving,
  SECOND_GRADE,
  sending,
  transferFields,
  xiaodian,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import type { KillableRegistry, Victim } from './registry.ts';

type Case = { id: string; version: number };
/** A transfer that lacks the last approval, which has been handled. */
export type NearlyApproved = { person: string; transfer: Case };

/** Transfers in a registry whose parts are killed: carried to the last approval, and looked at afterwards. */
export const transfersOf = (registry: KillableRegistry) => {
  const { ask, answered, paper } = caseDeskOf(registry);

  const order = async (who: Desk, name: string, input: Record<string, unknown>): Promise<Case> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const answer = answered(
      await ask<Record<string, Answer>>(
        who,
        `mutation ($input: ${type}!) { ${name}(input: $input) { transfer { ${transferFields} } findings { code } } }`,
        { input: { idempotencyKey: randomUUID(), ...input } },
      ),
    )[name];
    if (!answer?.transfer) throw new Error(`${name} was refused: ${JSON.stringify(answer?.findings)}`);
    return answer.transfer;
  };
  const on = ({ id, version }: Case) => ({ transfer: id, expectedVersion: version });
  const seen = async (who: Desk, { id }: Case): Promise<Case> =>
    answered(
      await ask<{ transferCase: Case }>(who, 'query ($id: ID!) { transferCase(id: $id) { id version } }', {
        id,
      }),
    ).transferCase;
  const handled = async (who: Desk, transfer: Case): Promise<Case> =>
    order(who, 'handleTransferStep', on(await seen(who, transfer)));
  const approve = (who: Desk, transfer: Case): Promise<Case> =>
    order(who, 'decideTransferStep', { ...on(transfer), decision: 'APPROVE' });

  const inside = <Rows>(service: 'enrollment' | 'transfer', work: (tx: Tx) => Promise<Rows>): Promise<Rows> =>
    asWorker(registry.inside(service).worker, work);

  /** A pupil in school in the second grade of the sending school. */
  const pupil = async (nth: number) => {
    const form = girl(nth, { birthDate: '2018-05-06' });
    const { registerStudent } = answered(
      await ask<{
        registerStudent: { enrollment: { id: string; version: number; student: { id: string } } | null };
      }>(
        sending.registrar,
        `mutation ($input: RegisterStudentInput!) {
           registerStudent(input: $input) { enrollment { id version student { id } } findings { code } } }`,
        { input: { idempotencyKey: randomUUID(), school: sending.school, form } },
      ),
    );
    const { enrollment } = registerStudent;
    if (enrollment === null) throw new Error('Not registered');
    const { decideRegistrations } = answered(
      await ask<{ decideRegistrations: { decided: number } }>(
        xiaodian.head,
        'mutation ($input: DecideRegistrationsInput!) { decideRegistrations(input: $input) { decided } }',
        {
          input: {
            ...{ idempotencyKey: randomUUID(), decision: 'APPROVE' },
            registrations: [{ enrollment: enrollment.id, expectedVersion: enrollment.version }],
          },
        },
      ),
    );
    if (decideRegistrations.decided !== 1) throw new Error('Not approved');
    const person = enrollment.student.id;
    await inside('enrollment', (tx) =>
      execute(tx, 'update enrollment set entry_year_adj = $2 where person_id = $1 and active', [
        person,
        SECOND_GRADE,
      ]),
    );
    return { person, name: form.name, number: String(form.idDocumentNumber) };
  };

  const nearlyApproved = async (nth: number): Promise<NearlyApproved> => {
    const { person, name, number } = await pupil(nth);
    const evidence = [];
    for (const kind of ['APPLICATION_FORM', 'REASON_PROOF']) {
      evidence.push({ upload: (await paper(receiving.registrar, kind)).upload, kind });
    }
    const draft = await order(receiving.registrar, 'initiateTransfer', {
      student: { name, idDocumentType: 'RESIDENT_ID', idDocumentNumber: number },
      ...{ kind: 'IN_PROVINCE_TRANSFER', stage: 'PRIMARY', grade: 2, appliedOn: '2026-09-02' },
      wantedBy: 'FAMILY',
      reason: {
        ...{ ground: 'HOUSEHOLD_MOVE', household: { across: 'COUNTY', withGuardians: true } },
        ...{ proofChecked: true, meetsLocalRequirements: true },
      },
      evidence,
    });
    await approve(receiving.head, draft);
    for (const { registrar, head } of [sending, xiaodian])
      await approve(head, await handled(registrar, draft));
    return { person, transfer: await handled(yingze.registrar, draft) };
  };

  /** Asked anew each time: within one transaction it would be answered as at first. */
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    and query like '%pupil%for update%'`;

  /** Gives the last approval, and kills while the registration is about to move and cannot yet. */
  const whileMoving = async ({ person, transfer }: NearlyApproved, victim: Victim): Promise<void> => {
    const dead = await inside('enrollment', async (tx) => {
      await query(tx, 'select 1 from pupil where person_id = $1 for update', [person]);
      await approve(yingze.head, transfer);
      await until(
        'the move waits for the registration',
        async () => (await inside('enrollment', (other) => query(other, waiting))).length > 0,
      );
      return { comingBack: registry.kill(victim) };
    });
    await dead.comingBack;
  };

  const stateOf = async ({ id }: Case): Promise<string | undefined> =>
    (
      await inside('transfer', (tx) =>
        query<{ state: string }>(tx, 'select state from transfer_case where case_id = $1', [id]),
      )
    )[0]?.state;

  /** Everything that tells of the move, once the case has ended: each thing once, and the registration where it belongs. */
  const moved = async ({ person, transfer: { id } }: NearlyApproved) => {
    await until(
      'the case has ended',
      async () => (await stateOf({ id, version: 0 })) === 'HANDED_OVER',
      60_000,
    );
    const told = (service: 'enrollment' | 'transfer', aggregate: string, type: string) =>
      inside(service, (tx) =>
        query(
          tx,
          `select 1 from event_log where aggregate_id = $1 and type = $2
           union all select 1 from outbox where aggregate_id = $1 and type = $2`,
          [aggregate, type],
        ),
      );
    const registrations = await inside('enrollment', (tx) =>
      query<{ school: string; status: string }>(
        tx,
        'select school, status from enrollment where person_id = $1 and active',
        [person],
      ),
    );
    const [place] = await inside('enrollment', (tx) =>
      query<{ state: string }>(tx, 'select state from place_reservation where transfer_id = $1', [id]),
    );
    return {
      registrations,
      place: place?.state,
      moves: (
        await inside('enrollment', (tx) =>
          query(tx, 'select 1 from transfer_move where transfer_id = $1', [id]),
        )
      ).length,
      handedOver: (await told('enrollment', person, 'EnrollmentHandedOver')).length,
      completed: (await told('transfer', `transfer:${id}`, 'TransferCompleted')).length,
    };
  };

  return {
    nearlyApproved,
    approveLast: ({ transfer }: NearlyApproved) => approve(yingze.head, transfer),
    whileMoving,
    moved,
  };
};
