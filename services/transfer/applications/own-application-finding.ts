import { ownFinding } from '#libs/law/own-finding.ts';

export const applicationNotOpen = ownFinding({
  code: 'APPLICATION_NOT_OPEN',
  message: '该申请已经答复、撤回或另行办理，不能再办理。',
  messageEn: 'The application has been answered, withdrawn or dealt with otherwise.',
  path: ['application'],
  remedy: '请刷新后查看该申请的办理情况。',
});

export const alreadyApplied = ownFinding({
  code: 'APPLICATION_ALREADY_OPEN',
  message: '已向该校提出申请，正在等待办理。',
  messageEn: 'An application of this child to this school is open already.',
  path: ['school'],
  remedy: '请查看已有申请的办理情况；需要改动的，先撤回再重新申请。',
  ownerLevel: 'GUARDIAN',
});

export const tooManyOpen = (most: number) =>
  ownFinding({
    code: 'TOO_MANY_APPLICATIONS_OPEN',
    message: `同一学生同时等待办理的转学申请不超过${most}份。`,
    messageEn: `No more than ${most} applications of one child are open at a time.`,
    path: ['school'],
    remedy: '请等待学校答复，或先撤回不再需要的申请。',
    ownerLevel: 'GUARDIAN',
  });

export const tooManyToday = (most: number) =>
  ownFinding({
    code: 'TOO_MANY_APPLICATIONS_TODAY',
    message: `同一学生24小时内提出的转学申请不超过${most}份。`,
    messageEn: `No more than ${most} applications are made for one child within 24 hours.`,
    path: [],
    remedy: '请明日再申请。',
    ownerLevel: 'GUARDIAN',
  });

export const arrangementAlreadyAsked = ownFinding({
  code: 'ARRANGEMENT_ALREADY_ASKED',
  message: '已申请统筹安排学校，正在等待县级教育行政部门办理。',
  messageEn: 'The county has been asked to arrange a school already.',
  path: ['application'],
  remedy: '请等待县级教育行政部门安排。',
  ownerLevel: 'GUARDIAN',
});

/** No text lets the county arrange a school there. */
export const noArrangementHere = ownFinding({
  code: 'ARRANGEMENT_NOT_PROVIDED',
  message: '转入地没有由县级教育行政部门统筹安排转学学校的规定，或该学段不适用。',
  messageEn: 'No text of the receiving place lets the county arrange a school at this stage.',
  path: ['application'],
  remedy: '请向其他学校申请，或向转入地县级教育行政部门咨询。',
  ownerLevel: 'GUARDIAN',
});

export const schoolNotProposed = ownFinding({
  code: 'SCHOOL_NOT_PROPOSED',
  message: '学籍管理员尚未提出拟安排的学校。',
  messageEn: 'The registrar of the county has not proposed a school.',
  path: ['application'],
  remedy: '请本单位学籍管理员先提出拟安排的学校，再由负责人决定。',
  ownerLevel: 'COUNTY',
});

export const notOfThisCounty = ownFinding({
  code: 'SCHOOL_NOT_IN_JURISDICTION',
  message: '只能安排本地管理的学校。',
  messageEn: 'A county arranges schools within its own jurisdiction.',
  path: ['school'],
  remedy: '请另选本地学校。',
  ownerLevel: 'COUNTY',
});
