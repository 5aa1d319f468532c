import type { Texts } from '../../language/language.tsx';

export const texts = {
  title: ['法规', 'Law'],
  subtitle: [
    '某地某日施行的规则、法定期限和设定，每条都注明依据的条文。',
    'Rules, time limits and settings in force for a place on a day, each with its articles.',
  ],
  place: ['地区', 'Place'],
  day: ['日期', 'Day'],
  stage: ['学段', 'Stage'],
  choosePlace: ['请选择地区', 'Choose a place first'],
  rules: ['规则', 'Rules'],
  parameters: ['期限和设定', 'Time limits and settings'],
  comparison: ['比较', 'Compare'],
  search: ['按编号、标题或条文查找', 'Find by id, title or article'],
  chapter: ['章', 'Chapter'],
  id: ['编号', 'Id'],
  name: ['标题', 'Title'],
  outcome: ['违反时', 'On a breach'],
  basis: ['依据', 'Basis'],
  enforcedBy: ['由谁执行', 'Enforced by'],
  codes: ['原因代码', 'Reason codes'],
  statement: ['内容', 'What it says'],
  value: ['当日的值', 'Value on the day'],
  stricter: ['下级文件更严的要求（只提醒）', 'A stricter figure of a lower text, which only warns'],
  usedBy: ['用到它的规则', 'Used by'],
  none: ['没有符合条件的规则', 'No rule fits'],
  noParameters: ['没有符合条件的期限和设定', 'Nothing fits'],
  from: ['起', 'from'],
  until: ['止', 'until'],
  current: ['现行', 'in force'],
  otherPlace: ['与之比较的地区', 'Compared place'],
  otherDay: ['与之比较的日期', 'Compared day'],
  here: ['此处', 'Here'],
  there: ['彼处', 'There'],
  chooseOther: ['请选择另一个地区或另一个日期。', 'Choose another place or another day to compare with.'],
  same: ['两处规定相同', 'Both say the same'],
  notSaid: ['未规定', 'Nothing'],
  ruleDifferences: ['规则的差别', 'Rules that differ'],
  parameterDifferences: ['期限和设定的差别', 'Time limits and settings that differ'],
  texts: ['历来规定它的条文', 'Every text that stated it'],
  noRule: ['没有这一编号的规则', 'There is no rule of this id'],
} satisfies Texts;

/** Words for values of the law. */
export const valueTexts = {
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  none: ['无规定或无限制', 'None'],
  WORKING_DAY: ['个工作日', 'working days'],
  DAY: ['日', 'days'],
  WEEK: ['周', 'weeks'],
  MONTH: ['个月', 'months'],
  YEAR: ['年', 'years'],
} satisfies Texts;

/** Chapters by the prefix of their rules, in the order of the law. */
export const chapterTexts = {
  ID: ['学生身份与学籍号', 'Student identity and number'],
  ORG: ['机构、职责与管辖', 'Organisation, duties, jurisdiction'],
  ENR: ['学籍与异动', 'Enrollment and status changes'],
  TRF: ['转学与跨省就学', 'Transfer and cross-province study'],
  ARC: ['学籍档案', 'Archive'],
  CRT: ['证书', 'Certificates'],
  TKT: ['问题报告与核查督办', 'Complaints and problem tickets'],
  ACC: ['账号与学籍管理员', 'Accounts and registrars'],
  PRV: ['隐私与安全', 'Privacy and security'],
  STA: ['统计与监测', 'Statistics and monitoring'],
  PRE: ['学前儿童学籍', 'Preschool registration'],
} satisfies Texts;

/** What follows from a breach. */
export const outcomeTexts = {
  REJECT: ['拒绝', 'Refused'],
  HOLD: ['暂缓，须写明理由', 'Held'],
  WARN: ['提醒', 'Warned'],
  RECORD: ['记录', 'Recorded'],
  SANCTION: ['追究责任', 'Sanction'],
  ESCALATE: ['提级', 'Taken up'],
  POLICY: ['设定', 'Setting'],
  AUTO_PURGE: ['自动清理', 'Purged'],
  AUTO_CANCEL: ['自动取消', 'Cancelled'],
} satisfies Texts;
