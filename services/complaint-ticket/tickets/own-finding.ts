import { ownFinding } from '#libs/law/own-finding.ts';

export const tooManyOpen = (most: number) =>
  ownFinding({
    code: 'TOO_MANY_COMPLAINTS_OPEN',
    message: `同一反映人同时等待办理的投诉不超过${most}件。`,
    messageEn: `No more than ${most} complaints of one reporter are open at a time.`,
    path: [],
    remedy: '请等待已有投诉办结；同一事项请在原投诉中补充。',
    ownerLevel: 'GUARDIAN',
  });

export const tooManyToday = (most: number) =>
  ownFinding({
    code: 'TOO_MANY_COMPLAINTS_TODAY',
    message: `24小时内提出的投诉不超过${most}件。`,
    messageEn: `No more than ${most} complaints are filed by one person within 24 hours.`,
    path: [],
    remedy: '请明日再提出；紧急事项请拨打受理电话。',
    ownerLevel: 'GUARDIAN',
  });

export const notAtThisPost = ownFinding({
  code: 'NOT_AT_THIS_POST',
  message: '该账号不是本单位在用账号。',
  messageEn: 'The login is open at no post of this unit.',
  path: ['to'],
  remedy: '请填写本单位在岗人员的账号。',
});

export const notInThisState = ownFinding({
  code: 'TICKET_STATE',
  message: '该工单当前状态不能如此办理。',
  messageEn: 'The ticket is in another state.',
  path: ['ticket'],
  remedy: '请刷新后查看工单状态。',
});

export const handledElsewhere = ownFinding({
  code: 'TICKET_HANDLED_ELSEWHERE',
  message: '该工单由其他单位办理。',
  messageEn: 'Another unit handles the ticket.',
  path: ['ticket'],
  remedy: '请由现办理单位办理。',
});

export const extendedAlready = ownFinding({
  code: 'EXTENDED_ALREADY',
  message: '该投诉的办理期限已延长过一次。',
  messageEn: 'The time for handling was extended once already.',
  path: ['dueOn'],
  remedy: '请按期办结；确实不能办结的，请报上一级处理。',
});

export const extensionTooLong = ownFinding({
  code: 'EXTENSION_OUT_OF_BOUNDS',
  message: '延长后的期限须晚于原期限；投诉最多延长10个工作日。',
  messageEn: 'The new day lies after the old one; a complaint is extended by ten working days at most.',
  path: ['dueOn'],
  remedy: '请另选日期。',
});

export const nobodyAbove = ownFinding({
  code: 'NO_LEVEL_ABOVE',
  message: '没有上一级单位可以移送。',
  messageEn: 'There is no level above this one.',
  path: ['ticket'],
  remedy: '请在本级办理。',
});

export const complaintNotReportable = ownFinding({
  code: 'COMPLAINT_NOT_REPORTABLE',
  message: '所列投诉不由本单位办理，或当前状态不能上报。',
  messageEn: 'A complaint of the report is handled elsewhere, or is in another state.',
  path: ['items'],
  remedy: '请核对所列投诉及其状态。',
  ownerLevel: 'PROVINCE',
});

export const notTheSame = ownFinding({
  code: 'NOT_TO_MERGE',
  message: '只能并入同一单位正在办理的另一件投诉。',
  messageEn: 'A complaint is merged into another open one that the same unit handles.',
  path: ['into'],
  remedy: '请核对要并入的投诉。',
});

export const notOfThisUnit = ownFinding({
  code: 'NOT_OF_THIS_UNIT',
  message: '所列工单不由本单位办理，或已办结。',
  messageEn: 'A ticket is handled by another unit, or is over.',
  path: ['tickets'],
  remedy: '请核对所列工单。',
});

export const tooManyNotes = ownFinding({
  code: 'TOO_MANY_NOTES',
  message: '该工单的办理记录已满，不能再补充。',
  messageEn: 'The history of the ticket takes no more notes.',
  path: ['words'],
  remedy: '请直接与办理单位联系。',
});

export const tooManyPapers = (most: number) =>
  ownFinding({
    code: 'TOO_MANY_PAPERS',
    message: `一件工单的附件不超过${most}份。`,
    messageEn: `A ticket takes no more than ${most} papers.`,
    path: ['uploads'],
    remedy: '请合并附件后再上传。',
  });

export const sameHands = ownFinding({
  code: 'SAME_HANDS',
  message: '移交双方为同一账号。',
  messageEn: 'The tickets are with this person already.',
  path: ['to'],
  remedy: '请填写新经办人的账号。',
});
