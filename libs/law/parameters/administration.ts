import { type Duration, days, months, parameter, weeks, workingDays, years } from './parameter.ts';

/** One of `anyOf` and each of `andAlso` must be there before data leave. */
export type DisclosureBasis = {
  anyOf: readonly ('LAW' | 'COUNTY_GOVERNMENT' | 'REGISTRY_AUTHORITY_IN_WRITING')[];
  andAlso: readonly 'BUREAU_IN_WRITING'[];
};

/** Parameters of organisation, accounts, privacy and statistics. */
export const ADMINISTRATION_PARAMETERS = {
  promptly: parameter<Duration>({
    rules: ['ID-19', 'ID-24', 'ENR-67', 'ORG-23'],
    title: '“及时”的默认时限',
    titleEn: 'what promptly means where no figure is given',
    values: [],
    silent: { value: workingDays(10), why: 'the texts give no figure (CF-49)' },
  }),
  problemScopeAfterGraduation: parameter<Duration>({
    rules: ['ENR-32'],
    title: '毕业后未被招生的学生退出问题学籍范围的时间',
    titleEn: 'after which time without admission a graduate leaves the scope of problem records',
    values: [],
    silent: { value: months(12), why: 'the notice gives no figure' },
  }),
  jToGUpgradeEnabled: parameter<boolean>({
    rules: ['ID-09'],
    title: '是否开放 J 号变更为 G 号',
    titleEn: 'J numbers may become G numbers',
    values: [{ layer: 'N16', value: true, article: '附件1第一部分第1点' }],
    silent: { value: false, why: 'before the notice nothing provides for it' },
  }),
  asteriskIsRequired: parameter<boolean>({
    rules: ['ID-23'],
    title: '采集表星号“*”项按必采处理',
    titleEn: 'items marked with an asterisk count as required',
    values: [],
    silent: { value: true, why: 'a printing variant of the star (CF-25)' },
  }),
  schoolTermCheckNotBefore: parameter<Duration>({
    rules: ['STA-03'],
    title: '学校每学期核准的最早时间（自开学起）',
    titleEn: 'from when on a school check counts, from the opening of term',
    values: [
      { layer: 'N13', value: days(0), article: '第二十四条' },
      { layer: 'SX26', value: months(1), article: '第四十九条', relation: 'NARROWS' },
      { layer: 'BG', value: days(0), article: '第二十条' },
    ],
  }),
  countyTermCheck: parameter<'EACH_TERM'>({
    rules: ['STA-04'],
    title: '县级核查周期',
    titleEn: 'how often the county checks changes',
    values: [
      { layer: 'N16', value: 'EACH_TERM', article: '附件1第六部分' },
      { layer: 'N13', value: 'EACH_TERM', article: '第二十四条' },
      { layer: 'SX26', value: 'EACH_TERM', article: '第三条第四款' },
    ],
  }),
  disclosureBasis: parameter<DisclosureBasis>({
    rules: ['PRV-02', 'PRV-03'],
    title: '对外提供学籍信息的依据',
    titleEn: 'what must be there before registration data are given out',
    values: [
      {
        layer: 'N13',
        value: { anyOf: ['REGISTRY_AUTHORITY_IN_WRITING'], andAlso: [] },
        article: '第二十五条',
      },
      {
        layer: 'OURS',
        value: { anyOf: ['LAW', 'COUNTY_GOVERNMENT'], andAlso: [] },
        article: '各地一律从严',
        relation: 'NARROWS',
      },
      {
        layer: 'SX26',
        value: { anyOf: ['LAW', 'COUNTY_GOVERNMENT'], andAlso: [] },
        article: '第五十条第二款',
      },
      {
        layer: 'BG',
        value: { anyOf: ['LAW', 'COUNTY_GOVERNMENT'], andAlso: ['BUREAU_IN_WRITING'] },
        article: '第二十一条',
        relation: 'NARROWS',
      },
    ],
  }),
  accountSealAfter: parameter<Duration>({
    rules: ['ACC-13'],
    title: '账号封存期限（未登录）',
    titleEn: 'an account unused for this long is sealed',
    values: [{ layer: 'SX26', value: months(6), article: '第五十条' }],
    silent: { value: months(6), why: 'as in Shanxi' },
  }),
  passwordChangeWithin: parameter<Duration | null>({
    rules: ['ACC-12'],
    title: '账号密码更改期限',
    titleEn: 'a password is changed within this time',
    values: [
      {
        layer: 'OURS',
        value: days(90),
        article: '山西细则第五十条第一款要求定期更改，期限为系统默认',
        from: '2026-02-10',
        to: '2031-02-09',
        only: { province: '140000' },
      },
    ],
    silent: { value: null, why: 'no text asks for it' },
  }),
  loginAtLeast: parameter<Duration | null>({
    rules: ['ACC-10'],
    title: '账号登录频次',
    titleEn: 'at least one login in each such stretch',
    values: [{ layer: 'N16', value: weeks(1), article: '通知正文第二部分' }],
    silent: { value: null, why: 'no text asks for it' },
  }),
  trainingAtLeast: parameter<'BEFORE_DUTY' | 'BEFORE_DUTY_AND_YEARLY'>({
    rules: ['ACC-02', 'ACC-03'],
    title: '学籍管理员培训',
    titleEn: 'training of registrars',
    values: [
      { layer: 'N16', value: 'BEFORE_DUTY_AND_YEARLY', article: '通知正文第二部分' },
      { layer: 'N13', value: 'BEFORE_DUTY', article: '第二十三条' },
      { layer: 'SX26', value: 'BEFORE_DUTY', article: '第四十八条' },
      { layer: 'BG', value: 'BEFORE_DUTY', article: '第十九条' },
    ],
  }),
  registrarOnEstablishment: parameter<'PUBLIC_SCHOOLS' | 'NOT_ASKED'>({
    rules: ['ACC-07'],
    title: '学籍管理员是否须为在编人员',
    titleEn: 'registrars of public schools are establishment staff',
    values: [{ layer: 'SX26', value: 'PUBLIC_SCHOOLS', article: '第四十八条第一款' }],
    silent: { value: 'NOT_ASKED', why: 'no text asks for it' },
  }),
  replacementLetter: parameter<boolean>({
    rules: ['ACC-06'],
    title: '更换学籍管理员须附公函',
    titleEn: 'an official letter for a new registrar',
    values: [{ layer: 'BG', value: true, article: '第十九条' }],
    silent: { value: false, why: 'no text asks for it' },
  }),
  accessLogRetention: parameter<Duration>({
    rules: ['PRV-13'],
    title: '访问日志保存期限',
    titleEn: 'how long access logs are kept',
    values: [],
    silent: { value: years(5), why: 'a figure of the system' },
  }),
  smallCellThreshold: parameter<number>({
    rules: ['STA-08'],
    title: '统计表抑制阈值',
    titleEn: 'counts below this are not published',
    values: [],
    silent: { value: 10, why: 'a figure of the system' },
  }),
} as const;
