import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { Stage } from '#libs/contracts/vocabulary.ts';
import { statusAfter } from '#libs/law/enrollment/status.ts';
import { isCompulsory } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import { worksOnEntry } from '../dropout/on-entry.ts';
import type { Enrollment } from '../entities.ts';

type Row = Pick<
  Enrollment,
  | 'active'
  | 'status'
  | 'stage'
  | 'school'
  | 'awayReason'
  | 'atSpecializedSchool'
  | 'dropoutMark'
  | 'infoDueOn'
  | 'infoConfirmedOn'
>;

/** What the registrar of the pupil's own school enters beside the state of a registration (ENR-22, ENR-50, ENR-62, ENR-68). */
const ofSchool = (row: Row, stage: Stage | undefined): string[] => {
  const mayEnter = stage && statusAfter(row.status, 'ENTER_SPECIALIZED_SCHOOL', stage);
  return [
    'LOG_CONTACT',
    row.awayReason ? 'CLEAR_AWAY' : 'REPORT_AWAY',
    ...(row.atSpecializedSchool ? ['PROPOSE_RETURN_GRADE'] : mayEnter ? ['ENTER_SPECIALIZED_SCHOOL'] : []),
    ...(row.infoDueOn && !row.infoConfirmedOn ? ['CONFIRM_INFO'] : []),
  ];
};

/**
 * What somebody may enter about a registration that runs, apart from cases; whether the law lets it happen the order
 * tells. Where a child is held or specially taught shows to nobody but its own people.
 */
export const markActionsOn = (row: Row, actor: Actor, school: SchoolFact | undefined): string[] => {
  if (!row.active || school === undefined) return [];
  const stage = Stage.safeParse(row.stage).data;
  const isOwn = actor.school === row.school && isGranted(actor, 'case.enter');
  const fixes = actor.unit === school.authority && isGranted(actor, 'case.decide') && row.atSpecializedSchool;
  const follows =
    stage !== undefined &&
    isCompulsory(stage) &&
    !row.dropoutMark &&
    worksOnEntry(actor, { school: row.school, authority: school.authority }) &&
    isGranted(actor, 'dropout.enter');
  return [
    ...(isOwn ? ofSchool(row, stage) : []),
    ...(fixes ? ['FIX_RETURN_GRADE'] : []),
    ...(follows ? ['OPEN_CLUE'] : []),
  ];
};
