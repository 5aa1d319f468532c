import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { isFilled } from './filled.ts';
import type { ProblemScope } from './scope.ts';

/** Somebody who can be reached about a slip. */
export type Contact = { name: string; unit: string; phone: string };

/** One problem on a report slip. `found`: the scope that the units concerned show. */
export type ReportedProblem = { description: string; scope: ProblemScope; found: ProblemScope };

/** A problem report slip (报告单) as its province fills it in (form F6). */
export type ReportSlipFacts = {
  /** Level of the unit that reports. */
  byProvince: boolean;
  businessContact: Partial<Contact> | null;
  technicalContact: Partial<Contact> | null;
  items: readonly ReportedProblem[];
};

const REPORTABLE: ReadonlySet<ProblemScope> = new Set(['CROSS_PROVINCE', 'SYSTEM_OPERATION']);

/** True for what the ministry is told of (TKT-04). */
export const isReportable = (scope: ProblemScope): boolean => REPORTABLE.has(scope);

const missingOf = (field: string, contact: Partial<Contact> | null): string[] =>
  (['name', 'unit', 'phone'] as const)
    .filter((part) => !isFilled(contact?.[part]))
    .map((part) => `${field}.${part}`);

/**
 * Everything that stands against drafting a report slip, told at once: it comes from a province (TKT-04), names both contacts
 * (TKT-09), has an item for each problem (TKT-06), and holds only what the province cannot solve itself (TKT-03, TKT-04).
 */
export const judgeReportSlip = (facts: ReportSlipFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const common = { on, place, ownerLevel: 'PROVINCE' as const };
  const missing = [
    ...missingOf('businessContact', facts.businessContact),
    ...missingOf('technicalContact', facts.technicalContact),
  ];
  return [
    ...(facts.byProvince
      ? []
      : [
          finding('TKT-04', {
            ...common,
            code: 'REPORT_NOT_FROM_PROVINCE',
            message: '问题报告单由省级教育行政部门报送。',
            messageEn: 'A report slip is sent by the province.',
            path: ['provinceCode'],
            remedy: '请将问题上报省级教育行政部门，由其填报。',
          }),
        ]),
    ...missing.map((field) =>
      finding('TKT-09', {
        ...common,
        message: '报告单须同时填写业务联系人和技术联系人的姓名、单位和电话。',
        messageEn: 'A report slip names a business and a technical contact, each with unit and phone.',
        path: field.split('.'),
        remedy: '请补填联系人信息。',
      }),
    ),
    ...judgeItems(facts.items, on, place),
  ];
};

const judgeItems = (items: readonly ReportedProblem[], on: IsoDate, place: LawPlace): Finding[] => {
  const common = { on, place, ownerLevel: 'PROVINCE' as const };
  const empty = items.length === 0 ? [['items']] : emptyOf(items);
  return [
    ...empty.map((path) =>
      finding('TKT-06', {
        ...common,
        message: '报告单须分条列出问题，每条都要有描述。',
        messageEn: 'A report slip lists each problem as an item of its own, with a description.',
        path,
        remedy: '请逐条填写问题描述。',
      }),
    ),
    ...items.flatMap((item, at) => judgeScope(item, at, on, place)),
  ];
};

const emptyOf = (items: readonly ReportedProblem[]): string[][] =>
  items.flatMap(({ description }, at) =>
    isFilled(description) ? [] : [['items', String(at), 'description']],
  );

const judgeScope = (
  { scope, found }: ReportedProblem,
  at: number,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const path = ['items', String(at), 'scope'];
  if (!isReportable(scope)) {
    return [
      finding('TKT-03', {
        message: '属于本省学籍管理或本省运行环境的问题，由本省解决，不上报教育部。',
        messageEn:
          'Problems of provincial management and of the provincial system are solved by the province.',
        path,
        remedy: '请在本省范围内处理，并从报告单中移出该条。',
        ownerLevel: 'PROVINCE',
        on,
        place,
      }),
    ];
  }
  if (scope !== 'CROSS_PROVINCE' || found === 'CROSS_PROVINCE') return [];
  return [
    finding('TKT-04', {
      message: '该条所涉单位都在一个省内，不属于跨省问题。',
      messageEn: 'Everybody concerned stands in one province; the problem is not cross-province.',
      path,
      remedy: '请核对所涉单位和问题类别。',
      ownerLevel: 'PROVINCE',
      on,
      place,
    }),
  ];
};

/** A report slip reaches the ministry under the province's seal (TKT-05). */
export const judgeSeal = (facts: { sealed: boolean }, on: IsoDate, place: LawPlace): Finding[] =>
  facts.sealed
    ? []
    : [
        finding('TKT-05', {
          message: '问题报告单未加盖省级教育行政部门印章。',
          messageEn: 'The report slip does not bear the seal of the province.',
          path: ['provincialSealApplied'],
          remedy: '请由省级教育行政部门盖章后报送。',
          ownerLevel: 'PROVINCE',
          on,
          place,
        }),
      ];

/** What the ministry records of a slip that it takes over; the opinion when it answers (TKT-12). */
export type AcceptanceFacts = {
  acceptor: string | null;
  acceptingUnit: string | null;
  acceptedAt: string | null;
  /** Asked when the slip is answered; undefined before. */
  opinion?: string | null;
};

/** Acceptance and answer of the ministry are complete, each field named that is not (TKT-12). */
export const judgeAcceptance = (facts: AcceptanceFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const fields = {
    acceptor: facts.acceptor,
    acceptingUnit: facts.acceptingUnit,
    acceptedAt: facts.acceptedAt,
    ...('opinion' in facts ? { ministryOpinion: facts.opinion } : {}),
  };
  return Object.entries(fields)
    .filter(([, value]) => !isFilled(value))
    .map(([field]) =>
      finding('TKT-12', {
        message: '受理信息不完整：受理人、受理单位、受理时间和处理意见须填写。',
        messageEn: 'Acceptor, accepting unit, time and, in an answer, the opinion are recorded.',
        path: [field],
        remedy: '请补填受理信息。',
        ownerLevel: 'MINISTRY',
        on,
        place,
      }),
    );
};
