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
