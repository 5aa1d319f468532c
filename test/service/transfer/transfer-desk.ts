import { randomUUID } from 'node:crypto';
import type { RunningService } from '#libs/platform/service/start.ts';
import { authorityDesks, caseDeskOf, type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import {
  beiguanPrimary,
  counterOf,
  otherTaiyuanPrimary,
  type Told,
  taiyuanPrimary,
} from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import type { Registry } from '#test/support/registry.ts';

export type Step = {
  party: string;
  unit: string;
  deadline: string;
  provisional: boolean;
  overdue: boolean;
  handledAt: string | null;
  decidedAt: string | null;
  decision: string | null;
  reasons: string[];
};
export type CallUp = {
  deadline: { on: string; provisional: boolean } | null;
  reportedOn: string | null;
  calledUpAt: string | null;
};
export type Transfer = {
  id: string;
  kind: string;
  state: string;
  version: number;
  grade: number;
  student: { id: string } | null;
  source: { id: string };
  target: { id: string };
  startedAt: string | null;
  approvedAt: string | null;
  callUp: CallUp | null;
  purgeOn: string | null;
  steps: Step[];
  findings: { code: string; outcome: string }[];
  blockers: { finding: { code: string }; side: string | null; removedBy: string | null }[];
  allowedActions: string[];
};
export type Answer = { transfer: Transfer | null; findings: Told[] };

const told = 'findings { ruleId outcome code message path basis { document article layer } }';
export const transferFields = `id kind state version grade startedAt approvedAt purgeOn allowedActions student { id }
  callUp { deadline { on provisional } reportedOn calledUpAt }
  source { id } target { id } findings { code outcome } blockers { finding { code } side removedBy }
  steps { party unit deadline provisional overdue handledAt decidedAt decision reasons }`;

/** A pupil at the sending school, and what the receiving one knows of it. */
export type Pupil = { person: string; name: string; number: string; enrollment: string };

export const sending = { school: taiyuanPrimary, ...schoolDesks(taiyuanPrimary) };
export const receiving = { school: otherTaiyuanPrimary, ...schoolDesks(otherTaiyuanPrimary) };
/** Another school of the sending county. */
export const third = { school: '2114000002', ...schoolDesks('2114000002') };
export const xiaodian = authorityDesks('140105');
export const yingze = authorityDesks('140106');
/** Anyang in Henan, from where pupils come across provinces. */
export const beiguanSchool = { school: beiguanPrimary, ...schoolDesks(beiguanPrimary) };
export const beiguan = authorityDesks('410503');
/** First grades are closed in Shanxi in their first term, so the pupils of these tests are in the second. */
export const SECOND_GRADE = 2025;

/** The two of a school or authority who work on a case. */
type Unit = { registrar: Desk; head: Desk };

export const guardian = (name: string): Desk => ({
  sub: `guardian-${name}`,
  level: 'NONE',
  roles: ['GUARDIAN'],
});

/** Where a pupil of these tests is registered, and who approves it. */
export type Home = { school: string; county: string; form: Record<string, unknown> };
export const homes = {
  xiaodian: { school: taiyuanPrimary, county: 'xiaodian', form: {} },
  beiguan: { school: beiguanPrimary, county: 'beiguan', form: {} },
} satisfies Record<string, Home>;

/** The registry as those use it who work on transfers. */
export const transferDeskOf = (registry: Registry) => {
  const counter = counterOf(registry);
  const desk = caseDeskOf(registry);
  let next = 0;

  const service = (): RunningService => registry.network.service('transfer');

  /** A pupil who is in school, in the second grade unless told otherwise. */
  const pupil = async (entryYear = SECOND_GRADE, at: Home = homes.xiaodian): Promise<Pupil> => {
    const form = girl(++next, at.form);
    const waiting = await counter.registered(at.school, form, {
      entryYear: Number(registry.clock.today().slice(0, 4)),
    });
    const [result] = (await counter.decide(at.county, 'APPROVE', [waiting])).results;
    if (!result?.enrollment) throw new Error('Not approved');
    const person = result.enrollment.student.id;
    await counter.change('enrollment', 'update enrollment set entry_year_adj = $2 where person_id = $1', [
      person,
      entryYear,
    ]);
    const { id: enrollment } = result.enrollment;
    return { person, name: form.name, number: String(form.idDocumentNumber), enrollment };
  };

  /** A pupil of Beiguan, in the second grade unless told otherwise. */
  const fromBeiguan = (entryYear = SECOND_GRADE): Promise<Pupil> => pupil(entryYear, homes.beiguan);

  const wanted = ({ name, number }: Pupil, more: Record<string, unknown> = {}) => ({
    student: { name, idDocumentType: 'RESIDENT_ID', idDocumentNumber: number },
    kind: 'IN_PROVINCE_TRANSFER',
    stage: 'PRIMARY',
    grade: 2,
    appliedOn: '2026-09-02',
    wantedBy: 'FAMILY',
    reason: {
      ground: 'HOUSEHOLD_MOVE',
      household: { across: 'COUNTY', withGuardians: true },
      proofChecked: true,
      meetsLocalRequirements: true,
    },
    ...more,
  });

  const papers = async (registrar: Desk) => {
    const handed = [];
    for (const kind of ['APPLICATION_FORM', 'REASON_PROOF']) {
      const { upload } = await desk.paper(registrar, kind);
      handed.push({ upload, kind });
    }
    return handed;
  };

  const tryOn = (who: Desk, name: string, type: string, input: Record<string, unknown>) =>
    desk.ask<Record<string, Answer>>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { transfer { ${transferFields} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
  const order = async (...asked: Parameters<typeof tryOn>): Promise<Answer> => {
    const answer = desk.answered(await tryOn(...asked))[asked[1]];
    if (answer === undefined) throw new Error('No answer');
    return answer;
  };
  const initiate = async (
    who: { registrar: Desk },
    child: Pupil,
    more: Record<string, unknown> = {},
  ): Promise<Answer> =>
    order(who.registrar, 'initiateTransfer', 'InitiateTransferInput', {
      ...wanted(child, more),
      evidence: more.evidence ?? (await papers(who.registrar)),
    });
  type Seen = Pick<Transfer, 'id' | 'version'>;
  const named = ({ id, version }: Seen) => ({ transfer: id, expectedVersion: version });
  const handle = (who: Desk, seen: Seen) =>
    order(who, 'handleTransferStep', 'HandleTransferStepInput', named(seen));
  const decide = (who: Desk, seen: Seen, decision: string, more: Record<string, unknown> = {}) =>
    order(who, 'decideTransferStep', 'DecideTransferStepInput', { ...named(seen), decision, ...more });
  const callUp = (who: Desk, seen: Seen, reportedOn: string) =>
    order(who, 'callUpFile', 'CallUpFileInput', { ...named(seen), reportedOn });
  const withdraw = (who: Desk, seen: Seen) =>
    order(who, 'withdrawTransfer', 'WithdrawTransferInput', named(seen));

  /** The case after somebody's move; throws where it was refused. */
  const after = async (move: Promise<Answer>): Promise<Transfer> => {
    const { transfer, findings } = await move;
    if (transfer === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return transfer;
  };

  const see = (who: Desk, id: string) =>
    desk.ask<{ transferCase: Transfer }>(
      who,
      `query ($id: ID!) { transferCase(id: $id) { ${transferFields} } }`,
      { id },
    );
  const seen = async (who: Desk, id: string): Promise<Transfer> =>
    desk.answered(await see(who, id)).transferCase;
  const list = async (who: Desk, filter: Record<string, unknown> = {}): Promise<string[]> =>
    desk
      .answered(
        await desk.ask<{ transferCases: { edges: { node: { id: string } }[] } }>(
          who,
          `query ($f: TransferCaseFilter) { transferCases(filter: $f, first: 200) { edges { node { id } } } }`,
          { f: filter },
        ),
      )
      .transferCases.edges.map(({ node }) => node.id);

  /** A step handled and approved by the two of a unit. */
  const approve = async (
    unit: Unit,
    { id }: Pick<Transfer, 'id'>,
    more: Record<string, unknown> = {},
  ): Promise<Transfer> => {
    const handled = await after(handle(unit.registrar, await seen(unit.registrar, id)));
    return after(decide(unit.head, handled, 'APPROVE', more));
  };
  /** A case that the receiving school has started. */
  const started = async (
    child: Pupil,
    by: Unit = receiving,
    more: Record<string, unknown> = {},
  ): Promise<Transfer> => after(decide(by.head, await after(initiate(by, child, more)), 'APPROVE'));
  /** A case across provinces that everybody has approved; the pupil is to report. */
  const awaitingReport = async (child: Pupil): Promise<Transfer> => {
    const begun = await started(child, receiving, { kind: 'CROSS_PROVINCE_TRANSFER' });
    await approve(beiguanSchool, begun);
    await approve(beiguan, begun);
    return approve(yingze, begun);
  };
  /** A case that everybody has approved but for the receiving authority. */
  const nearlyApproved = async (child: Pupil, more: Record<string, unknown> = {}): Promise<Transfer> => {
    const begun = await started(child, receiving, more);
    await approve(sending, begun);
    return approve(xiaodian, begun);
  };

  const registrationOf = async (person: string) =>
    (
      await counter.rows<{ school: string; status: string; version: number }>(
        'enrollment',
        `select e.school, e.status, p.version from enrollment e join pupil p on p.person_id = e.person_id
         where e.person_id = $1 and e.active`,
        [person],
      )
    )[0];
  const placeOf = async (id: string): Promise<string | undefined> =>
    (
      await counter.rows<{ state: string }>(
        'enrollment',
        'select state from place_reservation where transfer_id = $1',
        [id],
      )
    )[0]?.state;
  const eventsOf = async (id: string): Promise<string[]> =>
    (
      await counter.rows<{ type: string }>(
        'transfer',
        `select type from (select type, aggregate_id, version from event_log
           union select type, aggregate_id, version from outbox) e
         where aggregate_id = $1 order by version`,
        [`transfer:${id}`],
      )
    ).map(({ type }) => type);
  /** Every service has heard of what there was to hear, and every worker of this one has done what that left to it. */
  const atRest = async (): Promise<void> => {
    await registry.settled();
    await service().atRest();
    await service().atRest();
  };

  return {
    ...{
      registry,
      counter,
      desk,
      service,
      pupil,
      fromBeiguan,
      wanted,
      papers,
      tryOn,
      order,
      initiate,
      handle,
      decide,
    },
    ...{
      callUp,
      withdraw,
      after,
      see,
      seen,
      list,
      approve,
      started,
      awaitingReport,
      nearlyApproved,
      registrationOf,
      placeOf,
      eventsOf,
    },
    atRest,
  };
};
export type TransferDesk = ReturnType<typeof transferDeskOf>;

export const codes = ({ findings }: Pick<Answer, 'findings'>): string[] =>
  findings.filter(({ outcome }) => outcome !== 'WARN').map(({ code }) => code);
