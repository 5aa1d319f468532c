import { ownFinding } from '#libs/law/own-finding.ts';

export const faultKnown = ownFinding({
  code: 'FAULT_ALREADY_DECLARED',
  message: '该编号的故障已经登记。',
  messageEn: 'A fault of this reference was declared already.',
  path: ['reference'],
  remedy: '请核对编号；另一次故障请使用新的编号。',
  ownerLevel: 'PROVINCE',
});

export const faultElsewhere = ownFinding({
  code: 'FAULT_OUTSIDE_JURISDICTION',
  message: '故障范围不在本单位管辖之内。',
  messageEn: 'The fault is declared for a unit outside of the caller’s jurisdiction.',
  path: ['place'],
  remedy: '请填写本单位或所辖单位的代码；范围更大的，由上级登记。',
  ownerLevel: 'PROVINCE',
});

export const faultUnknown = ownFinding({
  code: 'FAULT_NOT_FOUND',
  message: '没有登记该编号的故障。',
  messageEn: 'No fault of this reference was declared.',
  path: ['reference'],
  remedy: '请核对编号。',
  ownerLevel: 'PROVINCE',
});

const times = {
  code: 'FAULT_TIMES_WRONG',
  message: '故障的起止时间有误：不得晚于现在，恢复不得早于开始。',
  messageEn: 'A fault begins and ends by now, and ends after it has begun.',
  remedy: '请核对时间。',
  ownerLevel: 'PROVINCE',
} as const;

export const faultBeginsWrong = ownFinding({ ...times, path: ['from'] });

export const faultEndsWrong = ownFinding({ ...times, path: ['at'] });

/** A slip of the year would let decisions of any day count as made in the fault (ours). */
export const faultLongAgo = ownFinding({
  code: 'FAULT_BEGAN_LONG_AGO',
  message: '故障开始时间距今已超过一年。',
  messageEn: 'The fault would have begun more than a year ago.',
  path: ['from'],
  remedy: '请核对开始时间的年份。',
  ownerLevel: 'PROVINCE',
});

export const faultCoversDecision = ownFinding({
  code: 'FAULT_ENDS_BEFORE_DECISION',
  message: '已有学校登记了在此恢复日期之后线下办结的转学。',
  messageEn: 'A transfer was decided outside in this fault on a later day.',
  path: ['at'],
  remedy: '请核对恢复时间；登记有误的，请学校先撤销该登记。',
  ownerLevel: 'PROVINCE',
});

export const faultEnded = ownFinding({
  code: 'FAULT_ALREADY_ENDED',
  message: '该故障已登记恢复。',
  messageEn: 'The end of this fault was entered already.',
  path: ['reference'],
  remedy: '请刷新后查看。',
  ownerLevel: 'PROVINCE',
});
