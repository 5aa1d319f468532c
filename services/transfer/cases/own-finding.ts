import { type OwnFinding, ownFinding } from '#libs/law/own-finding.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import type { FindingSide } from '#libs/law/transfer/sides.ts';
import type { RestsOn } from './facts-behind.ts';

/**
 * A finding of the law on a case, with whose law it is and the facts that it rests on, or one of this system alone: about
 * what is not there. No rule carries that.
 */
export type CaseFinding = OwnFinding & {
  side?: FindingSide;
  restsOn?: readonly RestsOn[];
  /** The authorities that have let it through, each with its written reason. */
  letThrough?: readonly Party[];
};

export const pupilNotFound = ownFinding({
  code: 'PUPIL_NOT_FOUND',
  message: '未找到号码和姓名均相符的学生。',
  messageEn: 'No pupil has this number and this name.',
  path: ['student'],
  remedy: '请与监护人核对学籍号或证件号码和姓名；确无学籍的，按新建学籍办理。',
});

/** Numbers and names are not to be tried out (PRV-15). */
export const tooManyMisses = ownFinding({
  code: 'TOO_MANY_MISSES',
  message: '一小时内多次未找到学生，暂停查找。',
  messageEn: 'Nobody was found too often within the hour; look-ups pause.',
  path: ['student'],
  remedy: '请与监护人核对学籍号或证件号码和姓名，下一小时再办理；学生可以先入学就读。',
});

/** Two drafts of one school about one pupil. */
export const draftedAlready = ownFinding({
  code: 'TRANSFER_DRAFT_EXISTS',
  message: '本校已为该生拟办转学，尚未发起。',
  messageEn: 'This school has a draft for this pupil already.',
  path: ['student'],
  remedy: '请在转学业务列表中继续办理原有的拟办业务，或先将其作废。',
});

/** A draft that nobody started within ninety days. */
export const draftExpired = ownFinding({
  outcome: 'RECORD',
  code: 'TRANSFER_DRAFT_EXPIRED',
  message: '拟办的转学超过90天未发起，已自动作废。',
  messageEn: 'The draft was not started within ninety days and is discarded.',
  path: ['case'],
  remedy: '仍需办理的，请转入学校重新拟办；学生照常就读。',
});

export const filingNotAsked = ownFinding({
  code: 'TRANSFER_FILING_NOT_ASKED',
  message: '该业务无须转学备案，或已经报送备案。',
  messageEn: 'No filing is asked of this case, or it was filed already.',
  path: ['case'],
  remedy: '请由本校负责人核办发起；已报送的，请等待教育局审核。',
});

export const notRegistered = ownFinding({
  code: 'NO_ACTIVE_REGISTRATION',
  message: '该生目前没有有效学籍，无学籍可转。',
  messageEn: 'The pupil has no registration that could move.',
  path: ['student'],
  remedy: '请按新建学籍办理；学生可以先入学就读。',
});

export const appliedLater = ownFinding({
  code: 'APPLICATION_DATED_LATER',
  message: '家长申请日期晚于今天。',
  messageEn: 'The application is dated later than today.',
  path: ['appliedOn'],
  remedy: '请填写监护人实际申请的日期。',
});

/** A slip of the year: nobody types in an application of so long ago (ours). */
export const appliedLongAgo = ownFinding({
  code: 'APPLICATION_DATED_LONG_AGO',
  message: '家长申请日期距今已超过一年。',
  messageEn: 'The application is dated more than a year ago.',
  path: ['appliedOn'],
  remedy: '请核对申请日期的年份；确为一年以前申请的，请监护人重新申请。',
});

/** The school has kept a written application for longer than promptly (CF-49): whoever decides sees that its day is the school's word. */
export const typedLate = ownFinding({
  code: 'APPLICATION_TYPED_LATE',
  outcome: 'WARN',
  message: '家长书面申请日期距录入日已超过10个工作日，申请日期以学校录入为准。',
  messageEn: 'The written application was typed in more than ten working days after its day.',
  path: ['appliedOn'],
  remedy: '请学校及时录入；核办时请对照书面申请核实日期。',
});

export const gradeNotHere = ownFinding({
  code: 'GRADE_NOT_AT_SCHOOL',
  message: '转入学校没有该学段或年级。',
  messageEn: 'The receiving school does not have this stage or grade.',
  path: ['target', 'grade'],
  remedy: '请核对拟转入的学段和年级。',
});

export const classNotHere = ownFinding({
  code: 'CLASS_NOT_IN_GRADE',
  message: '转入学校该年级没有所选班级。',
  messageEn: 'The grade of the receiving school has no such class.',
  path: ['target', 'class'],
  remedy: '请改选该年级现有的班级，或暂不选班。',
});

export const schoolNotActive = ownFinding({
  code: 'TARGET_SCHOOL_NOT_ACTIVE',
  message: '转入学校已停办或合并，不能转入。',
  messageEn: 'The receiving school is closed or merged.',
  path: ['target', 'school'],
  remedy: '请由承接其学籍的学校重新发起。',
});

export const noPlaceHeld = ownFinding({
  code: 'NO_PLACE_HELD',
  message: '转入年级或班级没有空余学位，未能预留。',
  messageEn: 'No place is free in the grade or the class; none is held.',
  path: ['target', 'grade'],
  remedy: '请改编入有空余学位的班级，或联系其他学校；学生可以先入学就读。',
});

/** The grade is full, whether or not a text of the place limits it to its size. */
export const noPlaceFree: CaseFinding = {
  ...ownFinding({
    code: 'NO_PLACE_AVAILABLE',
    message: '拟转入年级没有空余学位。',
    messageEn: 'The grade has no place free.',
    path: ['target', 'grade'],
    remedy: '请联系其他学校。',
  }),
  side: 'TARGET',
};

/** The registration is at a school that has not decided about the case. */
export const movedMeanwhile = ownFinding({
  code: 'REGISTRATION_MOVED_MEANWHILE',
  message: '办理期间该生学籍已转到其他学校，原转出学校的核办不再有效。',
  messageEn: 'The registration has moved to another school while the case ran.',
  path: ['student'],
  remedy: '请转入学校核实后重新发起。',
});

const waiting = { outcome: 'HOLD' as const };

export const awaitsPlace = ownFinding({
  ...waiting,
  code: 'AWAITS_PLACE',
  message: '各方已核办，预留学位已不在，转入学校暂无空余学位，系统将自动重试。',
  messageEn: 'Everybody has approved; the held place is gone and no other is free. It is tried again.',
  path: ['target', 'grade'],
  remedy: '请转入学校腾出或增设学位；学生可以先入学就读。',
});

/** Whoever owns a fact that the move needs has failed at this very case: those behind it go on, and it says so. */
export const moveFailed = ownFinding({
  ...waiting,
  code: 'MOVE_FAILED',
  message: '各方已核办，转接学籍时系统处理出错，将自动重试。',
  messageEn: 'Everybody has approved; the registration could not be moved for a fault inside the system.',
  path: ['case'],
  remedy: '请勿重新发起；长时间未恢复的，请逐级报告系统管理单位处理；学生可以先在转入学校就读。',
  ownerLevel: 'MINISTRY',
});

/** Who attended before the case was started reports, for the call-up, once it is. */
export const reportedTooEarly = ownFinding({
  code: 'REPORTED_BEFORE_START',
  message: '报到日期早于转入学校发起本业务的日期。',
  messageEn: 'The pupil is said to have reported before the case was started.',
  path: ['reportedOn'],
  remedy: '请核对报到日期；此前已先行就读的，填写发起后登记报到的日期。',
});

export const awaitsOtherCase: CaseFinding = {
  ...ownFinding({
    ...waiting,
    code: 'AWAITS_OTHER_CASE',
    message: '各方已核办，该生在转出学校另有学籍事项正在办理，办结后自动转接。',
    messageEn: 'Everybody has approved; another matter of the registration runs at the sending school.',
    path: ['student'],
    remedy: '请转出学校撤回该事项，或由其学籍主管部门先办结；学生可以先在转入学校就读。',
    ownerLevel: 'COUNTY',
  }),
  side: 'SOURCE',
};

export const decidedLater = ownFinding({
  code: 'OFFLINE_DECISION_DATED_LATER',
  message: '线下决定的日期晚于今天。',
  messageEn: 'The day of the decision outside is later than today.',
  path: ['handling', 'paperDecidedOn'],
  remedy: '请填写纸质决定上的实际日期。',
});
