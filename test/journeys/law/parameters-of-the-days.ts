/** A text of the law as an answer names it, and the article in it. */
export type Article = readonly [layer: string, article: string];

/** What a place is told on a day: the value, the articles that give it, and a stricter local target. */
export type Told = {
  value: unknown;
  basis: readonly Article[];
  target?: { value: unknown; basis: readonly Article[] };
  /** No text answers. */
  unanswered?: true;
};

export const DAYS = ['2014-04-01', '2017-04-01', '2025-04-01', '2026-04-01'] as const;
export type Days = readonly [Told, Told, Told, Told];

/** Counties of the three kinds: with the Shanxi rules, with those of Beiguan under Henan, with national law alone. */
export const COUNTIES = { shanxi: '140105', beiguan: '410503', national: '440106' } as const;
export type CountyName = keyof typeof COUNTIES;

/** How the documents are named to people. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  N13: '教育部《中小学生学籍管理办法》（2013年）',
  N16: '教育部办公厅《关于进一步规范中小学生学籍管理相关问题处理的通知》（2016年）',
  N25: '教育部《中小学生学籍管理办法》（教基〔2025〕1号，据百科条目“学籍”转述）',
  SX26: '山西省教育厅《中小学生学籍管理实施细则》（晋教〔2026〕1号）',
  BG: '《安阳市北关区中小学学籍管理办法（暂行）》',
  OURS: '本系统规则',
};

/** The articles as the graph tells them. */
export const documented = (articles: readonly Article[]) =>
  articles.map(([layer, article]) => ({ document: DOCUMENTS[layer] ?? '', article, layer }));

const time = (amount: number, unit: string) => ({ amount, unit });
const told = (value: unknown, ...basis: Article[]): Told => ({ value, basis });
const OURS: Article = ['OURS', '默认值（各级规定未明）'];
const noLimit = told(null, OURS);
const unanswered: Told = { value: null, basis: [], unanswered: true };

const national = (first: Told, second: Told, third: Told, fourth: Told) => {
  const days: Days = [first, second, third, fourth];
  return { national: days, shanxi: days, beiguan: days };
};
const withLast = (days: Days, fourth: Told): Days => [days[0], days[1], days[2], fourth];

const death10 = told(time(10, 'WORKING_DAY'), ['N13', '第二十一条']);
const death60 = told(time(60, 'WORKING_DAY'), ['N25', '变动管理第11段']);
const deathInBeiguan: Told = {
  ...death60,
  target: { value: time(10, 'WORKING_DAY'), basis: [['BG', '第十五条']] },
};
const archive1 = told(time(1, 'MONTH'), ['N13', '第七条第一款']);
const archive2 = told(time(2, 'MONTH'), ['N25', '建立更新第1段']);
const archiveInBeiguan: Told = {
  ...archive2,
  target: { value: time(1, 'MONTH'), basis: [['BG', '第五条']] },
};
const registered = told('REGISTERED', ['N13', '第十九条第一款']);
const approved = told('APPROVED', ['N25', '变动管理第6段']);
const approvedInBeiguan = told('APPROVED', ['N25', '变动管理第6段'], ['BG', '第十二条第三项']);
const byAgreement = told('BY_AGREEMENT', ['N13', '第十七条第二款']);
const stays = told('STAYS', ['N25', '建立更新第8段']);
const oneYear = told(time(1, 'YEAR'), ['N25', '变动管理第6段']);
const oneYearInBeiguan = told(time(1, 'YEAR'), ['N25', '变动管理第6段'], ['BG', '第十二条第三项']);
const weekly = told(time(1, 'WEEK'), ['N16', '通知正文第二部分']);
const eachTerm = told(time(0, 'DAY'), ['N13', '第二十四条']);
const eachTermInBeiguan = told(time(0, 'DAY'), ['N13', '第二十四条'], ['BG', '第二十条']);
const anyTime = told({ kind: 'ANY_TIME' }, OURS);
const anyTimeByNotice = told({ kind: 'ANY_TIME' }, ['N16', '附件1第三部分第5点']);
const twoMonthsOfTerm = told({ kind: 'FROM_TERM_OPENING', within: time(2, 'MONTH') }, ['BG', '第十条第三项']);
const halfYear = told(time(6, 'MONTH'), ['N16', '附件1第四部分第3点']);
const heldInBeiguan = told('HOLD', ['BG', '第十四条']);

const deaths = national(death10, death10, death60, death60);
const archives = national(archive1, archive1, archive2, archive2);
const suspensions = national(registered, registered, approved, approved);
const specialized = national(byAgreement, byAgreement, stays, stays);
const lengths = national(noLimit, noLimit, oneYear, oneYear);
const noShows = national(noLimit, noLimit, noLimit, noLimit);
const checks = national(eachTerm, eachTerm, eachTerm, eachTerm);
const transfers = national(anyTime, anyTimeByNotice, anyTimeByNotice, anyTimeByNotice);
const repeats = national(unanswered, unanswered, unanswered, unanswered);

/** The death deadline and nine further parameters of primary schools in the three counties on the four days. */
export const PARAMETERS_OF_THE_DAYS: Readonly<Record<string, Readonly<Record<CountyName, Days>>>> = {
  deathCancelWithin: {
    national: deaths.national,
    shanxi: withLast(deaths.shanxi, { ...death60, basis: [...death60.basis, ['SX26', '第三十七条']] }),
    beiguan: [death10, death10, deathInBeiguan, deathInBeiguan],
  },
  archiveEstablishWithin: {
    national: archives.national,
    shanxi: withLast(archives.shanxi, { ...archive2, basis: [...archive2.basis, ['SX26', '第九条第一款']] }),
    beiguan: [archive1, archive1, archiveInBeiguan, archiveInBeiguan],
  },
  suspensionNeedsApproval: {
    national: suspensions.national,
    shanxi: withLast(suspensions.shanxi, {
      ...approved,
      basis: [...approved.basis, ['SX26', '第二十八条第一款']],
    }),
    beiguan: [registered, registered, approvedInBeiguan, approvedInBeiguan],
  },
  specializedSchoolRegistration: {
    ...specialized,
    shanxi: withLast(specialized.shanxi, { ...stays, basis: [...stays.basis, ['SX26', '第二十四条']] }),
  },
  suspensionMaxPerApplication: {
    national: lengths.national,
    shanxi: withLast(lengths.shanxi, { ...oneYear, basis: [...oneYear.basis, ['SX26', '第二十九条']] }),
    beiguan: [noLimit, noLimit, oneYearInBeiguan, oneYearInBeiguan],
  },
  loginAtLeast: national(noLimit, weekly, weekly, weekly),
  graduationRollbackWithin: national(noLimit, halfYear, halfYear, halfYear),
  noShowAfter: {
    ...noShows,
    shanxi: withLast(noShows.shanxi, told(time(10, 'WORKING_DAY'), ['SX26', '第九条第四款、第十四条'])),
  },
  schoolTermCheckNotBefore: {
    national: checks.national,
    shanxi: withLast(checks.shanxi, told(time(1, 'MONTH'), ['SX26', '第四十九条'])),
    beiguan: [eachTerm, eachTerm, eachTermInBeiguan, eachTermInBeiguan],
  },
  transferAcceptInProvince: {
    national: transfers.national,
    shanxi: withLast(
      transfers.shanxi,
      told({ kind: 'FROM_TERM_OPENING', within: time(15, 'DAY') }, ['SX26', '第十六条']),
    ),
    beiguan: [anyTime, anyTimeByNotice, twoMonthsOfTerm, twoMonthsOfTerm],
  },
  gradeRepeat: {
    national: repeats.national,
    shanxi: withLast(repeats.shanxi, told('FORBIDDEN', ['SX26', '第二十七条'])),
    beiguan: [unanswered, unanswered, heldInBeiguan, heldInBeiguan],
  },
};

/** Run by the national system alone: no text of a province can say otherwise, so none is missing. */
export const NATIONWIDE: ReadonlySet<string> = new Set(['graduationRollbackWithin']);

/** Documents that were in force on the day and whose text is not at hand, by what names them. */
export const TEXTS_NOT_AT_HAND: Readonly<Record<CountyName, readonly (string | null)[]>> = {
  national: [null, null, null, null],
  shanxi: [null, null, '晋教基〔2019〕19号', null],
  beiguan: [
    '教办基一〔2016〕459号',
    '教办基一〔2016〕459号',
    '教办基一〔2016〕459号',
    '教办基一〔2016〕459号',
  ],
};
