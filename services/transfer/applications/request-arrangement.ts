import { v7 as uuidv7 } from 'uuid';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import { isArrangedByCounty, judgeArrangementRequest } from '#libs/law/transfer/family-application.ts';
import { freePlaces } from '#libs/law/transfer/places.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Situation, situationOf } from '../cases/situation.ts';
import { seatsOf } from '../cases/start-facts.ts';
import { openApplicant, sealApplicant } from './applicant.ts';
import { answerDue } from './application-due.ts';
import type { ApplicationRecord } from './application-record.ts';
import type { Answered } from './apply-for-transfer.ts';
import { ApplicationOrder, onApplication } from './on-application.ts';
import { applicationNotOpen, arrangementAlreadyAsked, noArrangementHere } from './own-application-finding.ts';
import { saveNewApplication } from './save-application.ts';

/** The place of the school that was asked, as it is now, and the county in which it lies. */
type Asked = { situation: Situation; county: { code: string; lo: number } };

const askedOf = async (core: ServiceCore, seen: ApplicationRecord): Promise<Asked | undefined> => {
  const { school, person, id, stage, grade } = seen;
  if (school === null) return undefined;
  const goal = { school, stage, grade, schoolClass: null };
  const situation = await situationOf(core, { person, transfer: id, goal, startedAt: null, handling: null });
  const { county, authority } = situation.target.school;
  const unit = await core.directory.unit(county ?? authority);
  return unit && { situation, county: unit };
};

const isFull = ({ state, reasons }: ApplicationRecord, { seats }: Situation): boolean =>
  (state === 'DECLINED' && reasons.includes('NO_PLACE_AVAILABLE')) ||
  (seats !== undefined && freePlaces(seatsOf(seats.grade)) === 0);

/**
 * The day that counts: that of the application for want of whose place the county is asked, where the family asks promptly,
 * so that no window passes meanwhile; else today (ours, CF-49).
 */
const appliedOn = (
  { appliedOn: first, answeredAt }: ApplicationRecord,
  { today, calendar, target }: Situation,
): string => {
  if (answeredAt === null) return first;
  return decisionDue(new Date(answeredAt), target.place, calendar).dueDate < today ? today : first;
};

const requestOf = (
  core: ServiceCore,
  by: string,
  full: ApplicationRecord,
  { situation, county }: Asked,
): ApplicationRecord => {
  const { now, calendar, target } = situation;
  const id = uuidv7();
  const due = answerDue(now, target.place, calendar);
  return {
    ...full,
    ...{ id, state: 'ARRANGING', school: null, place: county.lo, authority: county.code, follows: full.id },
    sealed: sealApplicant(core, id, openApplicant(core, full)),
    ...{ appliedOn: appliedOn(full, situation), appliedBy: by, appliedAt: now },
    ...due,
    ...{ proposal: null, placeKeptUntil: null },
    ...{ arranged: false, papersAsked: [], answeredBy: null, answeredAt: null, reasons: [], note: null },
    ...{ transfer: null, endedAt: null },
  };
};

/** A family whose school of choice is full asks the receiving county to arrange a school (TRF-10). */
export const requestArrangement = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Answered> => {
  const caller = authorize(actor, 'transfer.apply-own');
  const order = parseInput(ApplicationOrder, input);
  const prepare = (seen: ApplicationRecord) => askedOf(core, seen);
  return onApplication(
    { core, caller, operation: 'requestArrangement' },
    order,
    prepare,
    async ({ tx, record }, asked) => {
      const waits = record.state === 'APPLIED' || record.state === 'DECLINED';
      if (!waits || asked === undefined) return { findings: [applicationNotOpen] };
      const { situation } = asked;
      const { today, target } = situation;
      const { stage } = record;
      if (!isArrangedByCounty(stage, today, target.place)) return { findings: [noArrangementHere] };
      const schoolIsFull = isFull(record, situation);
      const findings = judgeArrangementRequest({ stage, schoolIsFull }, today, target.place);
      if (isRejected(findings)) return { findings };
      const made = requestOf(core, caller.subject, record, asked);
      const against = await saveNewApplication(tx, situation.now, made, arrangementAlreadyAsked);
      if (against.length > 0) return { findings: against };
      return { findings, shown: made.id };
    },
  );
};
