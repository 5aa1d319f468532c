import { type Duration, months, parameter, weeks, workingDays, type YearDay, years } from './parameter.ts';

/** Grounds on which a pupil may be suspended. */
export type SuspensionGround = 'ILLNESS' | 'FORCE_MAJEURE' | 'LONG_LEAVE' | 'OTHER_SPECIAL';

/** Who may let a pupil skip or repeat; HOLD: the authority decides with a written reason. */
export type GradeChangePermission = 'FORBIDDEN' | 'HOLD' | 'CITY' | 'COUNTY';

/** Parameters of registration and status changes. */
export const ENROLLMENT_PARAMETERS = {
  entryAge: parameter<number>({
    rules: ['ENR-01', 'ENR-03', 'ENR-04'],
    title: '入学年龄（周岁）',
    titleEn: 'age of entry in full years',
    values: [
      { layer: 'N25', value: 6, article: '建立更新第7段' },
      { layer: 'SX26', value: 6, article: '第九条第一款' },
      { layer: 'BG', value: 6, article: '第三条' },
    ],
    silent: { value: 6, why: 'the age of the compulsory education law, which the texts presuppose' },
  }),
  entryAgeCutoff: parameter<YearDay>({
    rules: ['ENR-01', 'ENR-03', 'ENR-04'],
    title: '入学年龄截止日（含当日）',
    titleEn: 'the age is reached on or before this day of the entry year',
    values: [{ layer: 'BG', value: '08-31', article: '第三条第二款' }],
    silent: { value: '08-31', why: 'the day the 2016 notice uses across provinces (CF-20)' },
  }),
  preschoolEnabled: parameter<boolean>({
    rules: ['PRE-01'],
    title: '是否启用学前儿童学籍',
    titleEn: 'preschool registration is in use',
    values: [{ layer: 'NP25', value: true, article: '发展历程第2段' }],
    silent: { value: false, why: 'no text speaks of preschool registration before the measure of 2025' },
  }),
  entryAgeSevenAllowed: parameter<boolean>({
    rules: ['ENR-02'],
    title: '是否可推迟至七周岁入学',
    titleEn: 'entry may be put off to seven in this area',
    values: [],
    silent: { value: false, why: 'no authority has declared that conditions lack' },
  }),
  admissionSeasons: parameter<readonly ('SPRING' | 'AUTUMN')[]>({
    rules: ['ENR-03'],
    title: '招生季节',
    titleEn: 'terms at whose opening primary and junior schools admit',
    values: [{ layer: 'BG', value: ['AUTUMN'], article: '第三条第一款' }],
    silent: { value: ['SPRING', 'AUTUMN'], why: 'no text limits it' },
  }),
  newSchoolYearOpensOn: parameter<YearDay>({
    rules: ['ENR-05'],
    title: '新学年建籍开放日（本系统设定）',
    titleEn: 'from this day registrations for the school year of that autumn are taken (ours)',
    values: [],
    silent: {
      value: '07-01',
      why: 'no text names a day; before summer nobody has entered for that autumn (ours)',
    },
  }),
  registrationDecisionWithin: parameter<Duration>({
    rules: ['ENR-08'],
    title: '新建学籍核准时限',
    titleEn: 'time for the decision on a new registration',
    values: [],
    silent: { value: workingDays(10), why: 'the texts say promptly (CF-49)' },
  }),
  noShowAfter: parameter<Duration | null>({
    rules: ['ENR-13', 'ENR-14'],
    title: '开学后办理入学手续期限',
    titleEn: 'time from the opening of term to register or ask for an extension',
    values: [{ layer: 'SX26', value: workingDays(10), article: '第九条第四款、第十四条' }],
    silent: { value: null, why: 'no text sets a limit' },
  }),
  extensionMax: parameter<Duration | null>({
    rules: ['ENR-13'],
    title: '延期办理入学手续最长期限',
    titleEn: 'longest extension of the entry formalities',
    values: [{ layer: 'SX26', value: weeks(2), article: '第九条第四款' }],
    silent: { value: null, why: 'no text sets a limit' },
  }),
  deferralBefore: parameter<'SCHOOL_YEAR_START' | 'NO_LIMIT'>({
    rules: ['ENR-11'],
    title: '缓学申请期限',
    titleEn: 'until when a deferral may be asked for',
    values: [{ layer: 'SX26', value: 'SCHOOL_YEAR_START', article: '第九条第三款' }],
    silent: { value: 'NO_LIMIT', why: 'no text sets a limit (CF-21)' },
  }),
  stageProgressionWithin: parameter<Duration | null>({
    rules: ['ENR-26'],
    title: '升学学籍转接时限',
    titleEn: 'time from reporting to complete the going-on',
    values: [
      { layer: 'N25', value: months(1), article: '建立更新第3段' },
      { layer: 'SX26', value: months(1), article: '第十三条第一款' },
    ],
    silent: { value: null, why: 'no text sets a limit' },
  }),
  basicInfoUpdateWithin: parameter<Duration | null>({
    rules: ['ENR-68'],
    title: '基础信息变更更新时限',
    titleEn: 'time to update basic information after a change',
    values: [{ layer: 'N25', value: months(1), article: '建立更新第3段' }],
    silent: { value: null, why: 'no text sets a limit' },
  }),
  promotionStartsOn: parameter<YearDay | null>({
    rules: ['ENR-28'],
    title: '全国统一升级时点（8月10日24时，即次日零时）',
    titleEn: 'the day that begins at the moment of the nationwide promotion (10 August 24:00)',
    values: [{ layer: 'N16', value: '08-11', article: '附件1第三部分第5点第2段' }],
    silent: { value: null, why: 'no text sets a day' },
    nationwide: true,
  }),
  graduationOperationBy: parameter<YearDay | null>({
    rules: ['ENR-30'],
    title: '毕业、结业操作截止日（含当日）',
    titleEn: 'last day of the graduation operation',
    values: [{ layer: 'N16', value: '07-30', article: '附件1第三部分第5点第1段' }],
    silent: { value: null, why: 'no text sets a day' },
    nationwide: true,
  }),
  admissionProcessingBy: parameter<YearDay | null>({
    rules: ['ENR-33'],
    title: '招生处理截止日（含当日）',
    titleEn: 'last day of the admission processing',
    values: [{ layer: 'N16', value: '11-30', article: '附件1第三部分第5点第3段' }],
    silent: { value: null, why: 'no text sets a day' },
    nationwide: true,
  }),
  graduationRollbackWithin: parameter<Duration | null>({
    rules: ['ENR-35'],
    title: '毕业回退期限',
    titleEn: 'time in which a graduation may be rolled back',
    values: [{ layer: 'N16', value: months(6), article: '附件1第四部分第3点' }],
    silent: { value: null, why: 'no text allows it' },
    nationwide: true,
  }),
  gradeRepeat: parameter<GradeChangePermission>({
    rules: ['ENR-36', 'ENR-51', 'ENR-52'],
    title: '留级',
    titleEn: 'repeating a grade',
    values: [
      { layer: 'SX26', value: 'FORBIDDEN', article: '第二十七条' },
      { layer: 'BG', value: 'HOLD', article: '第十四条' },
    ],
  }),
  gradeSkip: parameter<GradeChangePermission>({
    rules: ['ENR-51', 'ENR-52'],
    title: '跳级',
    titleEn: 'skipping a grade',
    values: [
      { layer: 'BG', value: 'HOLD', article: '第十四条' },
      { layer: 'OURS', value: 'FORBIDDEN', article: '省级未作规定前不予办理', only: { province: '140000' } },
    ],
  }),
  suspensionNeedsApproval: parameter<'REGISTERED' | 'APPROVED'>({
    rules: ['ENR-39'],
    title: '休学由主管部门核准或登记',
    titleEn: 'what the authority does with a suspension',
    values: [
      { layer: 'N25', value: 'APPROVED', article: '变动管理第6段' },
      { layer: 'N13', value: 'REGISTERED', article: '第十九条第一款', to: '2025-01-02' },
      { layer: 'SX26', value: 'APPROVED', article: '第二十八条第一款' },
      { layer: 'BG', value: 'APPROVED', article: '第十二条第三项', relation: 'NARROWS' },
    ],
  }),
  suspensionGrounds: parameter<readonly SuspensionGround[]>({
    rules: ['ENR-37', 'ENR-38'],
    title: '休学情形',
    titleEn: 'grounds of suspension',
    values: [
      { layer: 'SX26', value: ['ILLNESS', 'FORCE_MAJEURE'], article: '第二十七条' },
      { layer: 'BG', value: ['ILLNESS', 'LONG_LEAVE', 'OTHER_SPECIAL'], article: '第十二条第一项' },
    ],
  }),
  suspensionMaxPerApplication: parameter<Duration | null>({
    rules: ['ENR-44'],
    title: '一次休学最长期限',
    titleEn: 'longest suspension on one application',
    values: [
      { layer: 'N25', value: years(1), article: '变动管理第6段' },
      { layer: 'SX26', value: years(1), article: '第二十九条' },
      { layer: 'BG', value: years(1), article: '第十二条第三项' },
    ],
    silent: { value: null, why: 'no text sets a limit' },
  }),
  suspensionMaxTotalSenior: parameter<Duration | null>({
    rules: ['ENR-45'],
    title: '普通高中累计休学期限',
    titleEn: 'all suspensions of a senior pupil together',
    values: [{ layer: 'SX26', value: years(2), article: '第二十九条' }],
    silent: { value: null, why: 'no text sets a limit' },
  }),
  suspensionGraduatingGrade: parameter<'OPEN' | 'TERM_2_HOLD' | 'GRADE_REJECT'>({
    rules: ['ENR-46'],
    title: '毕业年级休学',
    titleEn: 'suspension in the graduating grade',
    values: [
      { layer: 'SX26', value: 'TERM_2_HOLD', article: '第三十条', stages: ['PRIMARY', 'JUNIOR'] },
      { layer: 'SX26', value: 'GRADE_REJECT', article: '第三十条', stages: ['SENIOR'] },
    ],
    silent: { value: 'OPEN', why: 'no text forbids it' },
  }),
  resumptionFileWithin: parameter<Duration>({
    rules: ['ENR-48'],
    title: '复学申报时限（学校）',
    titleEn: 'time for the school to file a resumption',
    values: [{ layer: 'SX26', value: workingDays(10), article: '第三十二条' }],
    silent: { value: workingDays(10), why: 'the texts say promptly (CF-49)' },
  }),
  resumptionDecideWithin: parameter<Duration>({
    rules: ['ENR-48'],
    title: '复学审核时限（主管部门）',
    titleEn: 'time for the authority to decide on a resumption',
    values: [{ layer: 'SX26', value: workingDays(10), article: '第三十二条' }],
    silent: { value: workingDays(10), why: 'the texts say promptly (CF-49)' },
  }),
  suspensionOverrunGrace: parameter<Duration>({
    rules: ['ENR-50'],
    title: '休学期满后的宽限',
    titleEn: 'grace after the end of a suspension',
    values: [{ layer: 'SX26', value: months(1), article: '第三十三条' }],
    silent: { value: months(1), why: 'as in Shanxi' },
  }),
  withdrawalMarkWithin: parameter<Duration>({
    rules: ['ENR-55'],
    title: '退学标记时限',
    titleEn: 'time to mark a withdrawal',
    values: [{ layer: 'SX26', value: workingDays(10), article: '第三十六条' }],
    silent: { value: workingDays(10), why: 'the texts say promptly (CF-49)' },
  }),
  otherLeaveAfter: parameter<Duration | null>({
    rules: ['ENR-58'],
    title: '其他离校认定期限',
    titleEn: 'a pupil gone longer than this may be set to other leave',
    values: [{ layer: 'N16', value: months(3), article: '附件1第五部分第2点' }],
    silent: { value: null, why: 'no text knows the state' },
    nationwide: true,
  }),
  deathCancelWithin: parameter<Duration>({
    rules: ['ENR-63'],
    title: '学生死亡注销学籍时限',
    titleEn: 'time to cancel the registration after a death; asked for the day of the death (CF-02)',
    values: [
      { layer: 'N25', value: workingDays(60), article: '变动管理第11段' },
      { layer: 'N13', value: workingDays(10), article: '第二十一条', to: '2025-01-02' },
      { layer: 'SX26', value: workingDays(60), article: '第三十七条' },
      { layer: 'BG', value: workingDays(10), article: '第十五条', relation: 'SOFT' },
    ],
  }),
  specializedSchoolRegistration: parameter<'BY_AGREEMENT' | 'STAYS'>({
    rules: ['ENR-22', 'ENR-23'],
    title: '进入专门学校学生的学籍',
    titleEn: 'registration of a pupil who enters a specialised school',
    values: [
      { layer: 'N25', value: 'STAYS', article: '建立更新第8段' },
      { layer: 'N13', value: 'BY_AGREEMENT', article: '第十七条第二款', to: '2025-01-02' },
      { layer: 'SX26', value: 'STAYS', article: '第二十四条' },
    ],
  }),
} as const;
