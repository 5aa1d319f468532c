import { EnrollmentReactivated } from '#libs/contracts/events/enrollment-status.ts';
import { entryYearFor } from '#libs/law/enrollment/grade.ts';
import { judgeTransition } from '#libs/law/enrollment/transition.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { standsStillFrom } from '../assessment/progress.ts';
import { whileCaseRuns } from '../cases/running-case.ts';
import type { Registration, Situation } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';
import { type ClassRow, seat } from '../commands/seats.ts';
import { askBasicInfo } from '../marks/basic-info.ts';
import { type Done, onRegistration, RegistrationOrder } from '../marks/on-registration.ts';
import { lockCohort } from './places.ts';

/** The school from which the registration came to this one by a transfer; undefined where it did not. */
const cameFrom = async (
  tx: Tx,
  { person, enrollment, school }: Registration,
): Promise<string | undefined> => {
  const [move] = await query<{ from: string }>(
    tx,
    `select from_school as from from transfer_move where person_id = $1 and enrollment_id = $2 and into_school = $3
     order by moved_at desc limit 1`,
    [person, enrollment, school],
  );
  return move?.from;
};

/**
 * The class in which a place was taken for the pupil, where it is still one of that year: the pupil sits down in it (TRF-09).
 */
const seatTaken = async (
  tx: Tx,
  at: string,
  { person, enrollment, version, province }: Registration,
  cohort: { school: string; stage: string; entryYearAdj: number },
): Promise<void> => {
  const [row] = await query<ClassRow>(
    tx,
    `select c.* from school_class c join place_reservation r on r.class_id = c.class_id
     where c.school = $3 and c.stage = $4 and c.entry_year_adj = $5 and r.transfer_id =
       (select m.transfer_id from transfer_move m where m.person_id = $1 and m.enrollment_id = $2
        order by m.moved_at desc limit 1)`,
    [person, enrollment, cohort.school, cohort.stage, cohort.entryYearAdj],
  );
  if (row === undefined) return;
  await seat(tx, at, row, [{ person, enrollment, class_id: null, province, version: version + 1 }]);
};

/** Who came across provinces is owed a class from now on (TRF-48). */
const oweClass = (tx: Tx, { person, enrollment }: Registration, since: string) =>
  execute(
    tx,
    `update enrollment set class_owed_since = $3, class_placed_at = null where person_id = $1 and enrollment_id = $2`,
    [person, enrollment, since],
  );

const notTransferred = ({ today, lawPlace }: Situation): Finding =>
  finding('TRF-21', {
    code: 'NOT_TRANSFERRED_HERE',
    outcome: 'REJECT',
    message: '该生学籍不是转学转入本校的，不适用转入后入学手续。',
    messageEn: 'The registration has not come to this school by a transfer.',
    path: ['enrollment'],
    remedy: '出国、其他离校后返回本校的，请办理返校；需转入的，请先办理转学。',
    ownerLevel: 'SCHOOL',
    on: today,
    place: lawPlace,
  });

/**
 * The pupil whose registration came to this school while away (abroad, otherwise left, withdrawn, expelled) has done the
 * formalities here and is in school again, in the grade of the transfer (TRF-21); until then the status stays what it was.
 */
export const completeTransferFormalities = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(RegistrationOrder, input);
  // How a registration came here is no request's to read.
  const way = {
    core,
    caller,
    operation: 'completeTransferFormalities',
    by: 'SCHOOL' as const,
    acrossPlaces: true,
  };
  return onRegistration(way, asked, async ({ tx, situation }) => {
    const { registration, today, now, lawPlace, grade, schoolYear, calendar } = situation;
    const { status, stage, person, enrollment } = registration;
    const from = await cameFrom(tx, registration);
    const findings = [
      ...judgeTransition({ status, event: 'TAKE_UP_AFTER_TRANSFER', stage }, today, lawPlace),
      ...(from === undefined ? [notTransferred(situation)] : []),
      ...whileCaseRuns(situation),
    ];
    if (findings.length > 0) return { done: false, findings };
    const effect = {
      ...{ event: EnrollmentReactivated, status: 'IN_SCHOOL' as const, dropoutMark: false },
      frozenAt: standsStillFrom(situation),
      entryYearAdj: entryYearFor(grade, schoolYear),
    };
    const { school } = registration;
    const cohort = { school, stage, entryYearAdj: effect.entryYearAdj };
    await lockCohort(tx, cohort);
    await changeStatus(tx, now, registration, effect, null);
    const former = from === undefined ? undefined : await core.directory.school(from);
    if (former !== undefined && former.province !== registration.province)
      await oweClass(tx, registration, now);
    await seatTaken(tx, now, registration, cohort);
    await askBasicInfo(tx, { person, enrollment, changedOn: today }, lawPlace, calendar);
    return { done: true, findings: [] };
  });
};
