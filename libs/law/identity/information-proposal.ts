import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import {
  type Finding,
  type FindingSpec,
  finding,
  findingIfInForce,
  isInForce,
  type LawPlace,
} from '../finding.ts';
import type { Party } from '../procedure/course.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import { classOfChange, classOfField } from './information-change.ts';

/** Who brings a change of information (W-08). */
export type Proposer = 'GUARDIAN' | 'CLASS_TEACHER' | 'REGISTRAR';

/** Gender and birth date are what a resident ID number spells: they change with it and are checked again with it. */
const SPELT_BY_THE_NUMBER: ReadonlySet<string> = new Set(['gender', 'birthDate']);

/** Items that say how a child is taught: the school's to state, whoever reports the rest. */
const STATED_BY_SCHOOL: ReadonlySet<string> = new Set(['placementMode']);

/**
 * Name, document and what they spell are changed by another course, with checks of their own: what a proposal says of
 * them goes there, on record (ID-13, W-08 to W-07).
 */
export const judgeKeyFields = (fields: readonly string[], on: IsoDate, place: LawPlace): Finding[] =>
  fields
    .filter((field) => classOfField(field) === 'KEY' || SPELT_BY_THE_NUMBER.has(field))
    .flatMap((field) =>
      findingIfInForce('ID-13', {
        code: 'KEY_INFO_CHANGE_NEEDED',
        outcome: 'RECORD',
        message: '姓名、身份证件、性别、出生日期属于关键信息，转入关键信息修改办理。',
        messageEn:
          'Name, document, gender and birth date are key information and go the way of a key-information change.',
        path: ['changes', field],
        remedy: '请学校学籍管理员上传证明材料照片后提交；经学校、主管部门核办并通过查重、比对后生效。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      }),
    );

/**
 * A class teacher reports what is known to change and nothing else (ID-24, ID-25); how a child is placed is the school's
 * to state. Whoever alters more does so without authority: in Beiguan a listed offence (ID-33).
 */
export const judgeProposer = (
  { by, fields }: { by: Proposer; fields: readonly string[] },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const beyond = fields.filter(
    (field) =>
      (by === 'CLASS_TEACHER' && classOfField(field) !== 'LIVING') ||
      (by !== 'REGISTRAR' && STATED_BY_SCHOOL.has(field)),
  );
  return beyond.map((field) => notAuthorised(field, on, place));
};

const notAuthorised = (field: string, on: IsoDate, place: LawPlace): Finding => {
  const said: Omit<FindingSpec, 'on' | 'place'> = {
    code: 'NOT_AUTHORISED',
    outcome: 'REJECT',
    message: '无权更改该项学籍信息。',
    messageEn: 'This item is not yours to change.',
    path: ['changes', field],
    remedy: '请由监护人提出或由学校学籍管理员办理，并附证明材料。',
    ownerLevel: 'SCHOOL',
  };
  return finding(isInForce('ID-33', on, place) ? 'ID-33' : 'ID-24', { ...said, on, place });
};

/** Who has a turn: the school always, its registry authority beyond living data (ID-14, ID-16, CF-29). */
export const partiesOfUpdate = (fields: readonly string[]): Party[] =>
  classOfChange(fields) === 'LIVING' ? ['SCHOOL'] : ['SCHOOL', 'AUTHORITY'];

/**
 * Living data that somebody else has reported are taken over by the registrar alone (ID-24: the class teacher tells the
 * registrar); whatever the registrar proposes, and all of identity, is decided by the head (ACC-18).
 */
export const registrarDecides = (facts: { by: Proposer; fields: readonly string[] }): boolean =>
  facts.by !== 'REGISTRAR' && classOfChange(facts.fields) === 'LIVING';

/** Until when a party has decided: promptly, read as ten working days (ID-24, ENR-67, CF-49). */
export const updateStepDue = (
  from: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline => deadlineAfter(from, requireValue('promptly', place, shanghaiDate(from)), calendar);
