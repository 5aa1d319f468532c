import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { type CaseKind, workingDaysLate } from '#libs/law/ticket/case-steps.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { nameOfWorkplace } from '../standing/names.ts';
import { CASE_PARTIES } from './parties.ts';
import { type SeenCase, timed } from './seen-case.ts';

const KINDS: Readonly<Record<CaseKind, string>> = {
  TRANSFER: '转学',
  ENROLLMENT: '学籍变动',
  KEY_CHANGE: '关键信息修改',
  ARCHIVE_HANDOVER: '学籍档案转接',
};

const MATTERS: Readonly<Record<string, string>> = {
  IN_PROVINCE_TRANSFER: '省内转学',
  CROSS_PROVINCE_TRANSFER: '跨省转学',
  CROSS_PROVINCE_STUDY: '跨省就学',
  ORDINARY_VOCATIONAL_TRANSFER: '普职转学',
  SUSPENSION: '休学',
  RESUMPTION: '复学',
  WITHDRAWAL: '退学',
  ABROAD: '出国（境）',
  OTHER_LEAVE: '其他离校',
  DEATH: '死亡注销',
  GRADE_CHANGE: '跳级、留级',
  EXPULSION: '开除学籍',
  COME_BACK: '返校',
  CHANGE: '关键信息修改',
  DOCUMENT_SUPPLY: '补充身份证件',
};

/** What a case is, in a word of the clerks. */
export const caseName = ({ ref, matter }: Pick<SeenCase, 'ref' | 'matter'>): string =>
  (ref.kind === 'ARCHIVE_HANDOVER' ? undefined : MATTERS[matter]) ?? KINDS[ref.kind];

const endOf = (doneOn: string | null, lapsed: boolean): string => {
  if (doneOn === null) return '尚未办结';
  return lapsed ? `${doneOn}业务终止，未办结` : `${doneOn}办结`;
};

/**
 * The course of a case as the matter of a slip: each step with the day it began, its last day, the day it was done, and by how many
 * working days it was late. Holds nothing of the student.
 */
export const caseText = async (
  core: Pick<ServiceCore, 'directory'>,
  seen: SeenCase,
  today: string,
  calendar: WorkingDayCalendar,
): Promise<string> => {
  const lines: string[] = [];
  for (const [index, row] of seen.steps.entries()) {
    const step = timed(row);
    const name = await nameOfWorkplace(core, step.unit);
    const late = workingDaysLate(step, today, calendar);
    const parts = [
      `${CASE_PARTIES[row.party]}（${name}）：${step.openedOn}开始`,
      ...(step.dueOn === null ? [] : [`期限${step.dueOn}${step.provisional ? '（暂定）' : ''}`]),
      endOf(step.doneOn, row.lapsed),
      ...(late > 0 ? [`逾期${late}个工作日`] : []),
    ];
    lines.push(`${index + 1}. ${parts.join('，')}。`);
  }
  return [`${caseName(seen)}办理经过（截至${today}）：`, ...lines].join('\n');
};
