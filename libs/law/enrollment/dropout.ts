import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import { workingDays } from '../parameters/parameter.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import { type Promotion, schoolYearOn } from './grade.ts';
import { isLate, type StepClock } from './step-clock.ts';

/** "Promptly" of the written report of a dropout (ours, W-15). */
const REPORT_WITHIN = workingDays(3);

/** Years of compulsory education, whatever the school system (ENR-69). */
const COMPULSORY_YEARS = 9;

/** Who is told of a dropout in writing (ENR-56). */
export type DropoutRecipient = 'TOWNSHIP_OR_SUBDISTRICT' | 'COUNTY_EDUCATION' | 'REGISTRY_AUTHORITY';

const RECIPIENTS: readonly { recipient: DropoutRecipient; label: string }[] = [
  { recipient: 'TOWNSHIP_OR_SUBDISTRICT', label: '乡镇人民政府（街道办事处）' },
  { recipient: 'COUNTY_EDUCATION', label: '县级教育行政部门' },
  { recipient: 'REGISTRY_AUTHORITY', label: '学籍主管部门' },
];

/** When a clue should have been cleared up or the dropout marked (ENR-57: promptly, read as ten working days). */
export const dropoutMarkDue = (
  clueOpenedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(clueOpenedAt, requireValue('promptly', place, shanghaiDate(clueOpenedAt)), calendar);

/** When a confirmed dropout should have been reported in writing (ENR-56: promptly, three working days, ours). */
export const dropoutReportDue = (confirmedAt: Date, calendar: WorkingDayCalendar): WorkingDayDeadline =>
  deadlineAfter(confirmedAt, REPORT_WITHIN, calendar);

/** A dropout of compulsory education is marked; the status and the registration stay (ENR-57). */
export const judgeDropoutMark = (
  facts: StepClock & { stage: Stage },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  isCompulsory(facts.stage) && isLate(facts)
    ? findingIfInForce('ENR-57', {
        message: '辍学线索超过期限，尚未核实标识。',
        messageEn: 'The dropout was neither marked nor cleared up in time.',
        remedy: '请核实：属辍学的作辍学标识（保留学籍），不属的登记原因。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      })
    : [];

/** A dropout is reported in writing to all three bodies, and the registration kept (ENR-56). */
export const judgeDropoutReport = (
  facts: {
    stage: Stage;
    /** Who was told, and in time. */
    reportedTo: readonly DropoutRecipient[];
    dueDate: IsoDate;
    provisional: boolean;
    today: IsoDate;
  },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!isCompulsory(facts.stage) || !isLate(facts)) return [];
  const untold = RECIPIENTS.filter(({ recipient }) => !facts.reportedTo.includes(recipient));
  if (untold.length === 0) return [];
  return findingIfInForce('ENR-56', {
    message: `辍学情况尚未书面上报：${untold.map(({ label }) => label).join('、')}。`,
    messageEn: `The dropout was not reported in writing in time to: ${untold.map(({ recipient }) => recipient).join(', ')}.`,
    remedy: '请立即书面上报，并采取措施劝返；学籍继续保留。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage: facts.stage,
  });
};

/** A dropout who lives away from the place of the household. */
export type MigrantDropoutFacts = {
  stage: Stage;
  /** The household lies in another county than the school. */
  migrant: boolean;
  /** The last day of the term in which the pupil dropped out. */
  termClosesOn: IsoDate;
  householdCountyNotified: boolean;
  /** The county of the household asked for the archive, or the pupil registered there. */
  archiveCalledFor: boolean;
  archiveHandedOver: boolean;
  today: IsoDate;
};

/**
 * By the end of the term the county of the household knows of a migrant worker's child who dropped out; the archive
 * stays with the school until that county calls for it (ENR-59 in the reading of CF-19).
 */
export const judgeMigrantDropout = (facts: MigrantDropoutFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (!facts.migrant || !isCompulsory(facts.stage) || facts.today <= facts.termClosesOn) return [];
  const told = facts.householdCountyNotified || facts.archiveHandedOver;
  const owed = facts.archiveCalledFor && !facts.archiveHandedOver;
  if (told && !owed) return [];
  return findingIfInForce('ENR-59', {
    message: owed
      ? '户籍所在地县级教育行政部门已调取，学籍档案尚未转交。'
      : '随迁子女辍学，学期末前尚未告知户籍所在地县级教育行政部门。',
    messageEn: owed
      ? 'The county of the household called for the archive and has not received it.'
      : 'The county of the household was not told of the dropout by the end of the term.',
    remedy: owed ? '请尽快转交学籍档案。' : '请与户籍所在地教育行政部门沟通，共同督促学生完成义务教育。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage: facts.stage,
  });
};

/**
 * True once nine school years have passed since grade one (ours): until then a dropout's registration is kept and the
 * case stays open (ENR-56, W-15). `gradeOneYear`: the year in whose autumn the pupil was in primary grade one.
 */
export const compulsoryYearsOver = (
  gradeOneYear: number,
  on: IsoDate,
  promotions: readonly Promotion[] = [],
): boolean => schoolYearOn(on, promotions) - gradeOneYear >= COMPULSORY_YEARS;
