import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, partsOf } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import type { RuleId } from '../rule-id.ts';
import { isFilled } from './filled.ts';

/** VERIFICATION: 核查单, form F7. SUPERVISION: 督办单, form F8. */
export type SlipKind = 'VERIFICATION' | 'SUPERVISION';

/** The side of an authority that a person works for. */
export type Department = 'TECHNICAL' | 'ADMINISTRATIVE';

/** Who fills a field in: the unit that issues the slip, or the one that it is given to. */
export type SlipRole = 'ISSUER' | 'ADDRESSEE';

const SHARED = {
  'reporter.name': 'ISSUER',
  'reporter.phone': 'ISSUER',
  'student.name': 'ISSUER',
  matter: 'ISSUER',
} as const;

/** The fields that a slip must have when it is issued and when it is answered, by who fills them in (forms F7, F8). */
export const SLIP_FIELDS: Readonly<Record<SlipKind, Readonly<Record<string, SlipRole>>>> = {
  VERIFICATION: {
    ...SHARED,
    assigningUnit: 'ISSUER',
    responsiblePerson: 'ISSUER',
    responsiblePhone: 'ISSUER',
    verifyingUnit: 'ISSUER',
    assignedOn: 'ISSUER',
    handler: 'ADDRESSEE',
    handlerPhone: 'ADDRESSEE',
    verifiedFacts: 'ADDRESSEE',
  },
  SUPERVISION: {
    ...SHARED,
    supervisingUnit: 'ISSUER',
    responsiblePerson: 'ISSUER',
    responsiblePhone: 'ISSUER',
    undertakingUnit: 'ISSUER',
    supervisedOn: 'ISSUER',
    handlingOpinion: 'ISSUER',
    handler: 'ADDRESSEE',
    handlerPhone: 'ADDRESSEE',
    handlingResult: 'ADDRESSEE',
  },
};

const RULES: Readonly<Record<SlipKind, { parts: RuleId; issuer: RuleId; by: Department }>> = {
  VERIFICATION: { parts: 'TKT-10', issuer: 'TKT-07', by: 'TECHNICAL' },
  SUPERVISION: { parts: 'TKT-11', issuer: 'TKT-08', by: 'ADMINISTRATIVE' },
};

/** A slip that somebody wants to issue. `fields`: what is filled in, by the names of its form. */
export type SlipFacts = {
  kind: SlipKind;
  department: Department | null;
  fields: Readonly<Record<string, string | null | undefined>>;
  dueOn: IsoDate | null;
  /** The unit that it goes to stands below the one that issues it. */
  addresseeBelow: boolean;
  /** It is about what the system has found: nobody has reported it. */
  unreported?: boolean;
};

/** What no slip has that is about a finding of the system (W-20; ours). */
const REPORTER_FIELDS = ['reporter.name', 'reporter.phone'] as const;

const missing = (
  kind: SlipKind,
  role: SlipRole,
  fields: SlipFacts['fields'],
  common: { on: IsoDate; place: LawPlace },
  left: readonly string[] = [],
): Finding[] =>
  Object.entries(SLIP_FIELDS[kind])
    .filter(([field, owner]) => owner === role && !isFilled(fields[field]) && !left.includes(field))
    .map(([field]) =>
      finding(RULES[kind].parts, {
        ...common,
        code: 'SLIP_FIELD_MISSING',
        message: '表单的必填项未填写。',
        messageEn: 'A field that the form demands is empty.',
        path: field.split('.'),
        remedy: '请补填后再提交。',
      }),
    );

/** A field that is the other side's to fill in, and that this side has filled in. */
const foreign = (
  kind: SlipKind,
  role: SlipRole,
  fields: SlipFacts['fields'],
  common: { on: IsoDate; place: LawPlace },
): Finding[] =>
  Object.entries(fields)
    .filter(([field, value]) => {
      const owner = SLIP_FIELDS[kind][field];
      return owner !== undefined && owner !== role && isFilled(value);
    })
    .map(([field]) =>
      finding(RULES[kind].parts, {
        ...common,
        code: 'FIELD_NOT_OWNED_BY_ROLE',
        message: role === 'ISSUER' ? '该项由承办（核查）单位填写。' : '该项由交办（督办）单位填写。',
        messageEn: 'The field belongs to the other side of the slip.',
        path: field.split('.'),
        remedy: '请清空该项，由对方单位填写。',
      }),
    );

/**
 * Everything that stands against issuing a slip, told at once: a verification slip is the technical department's (TKT-07), a
 * supervision slip the administrative one's (TKT-08); each goes down to a unit of the own jurisdiction, with every field that
 * its form asks of the issuer and a due date that can be kept (TKT-10, TKT-11).
 */
export const judgeSlip = (
  facts: SlipFacts,
  on: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  enforces('TKT-07', 'TKT-08', 'TKT-10', 'TKT-11');
  const { issuer, by } = RULES[facts.kind];
  const common = { on, place };
  return [
    ...(facts.department === by
      ? []
      : [
          finding(issuer, {
            ...common,
            message: by === 'TECHNICAL' ? '核查单由技术部门核发。' : '督办单由行政部门核发。',
            messageEn: `The slip is issued by the ${by.toLowerCase()} department.`,
            path: ['kind'],
            remedy: by === 'TECHNICAL' ? '请由技术部门核发核查单。' : '请由行政部门核发督办单。',
          }),
        ]),
    ...judgeAddressee(facts.kind, facts.addresseeBelow, on, place),
    ...missing(facts.kind, 'ISSUER', facts.fields, common, facts.unreported ? REPORTER_FIELDS : []),
    ...foreign(facts.kind, 'ISSUER', facts.fields, common),
    ...judgeDueDay(facts.kind, facts.dueOn, on, place, calendar),
  ];
};

/** A slip goes down to a unit of the own jurisdiction (TKT-10, TKT-11). */
export const judgeAddressee = (kind: SlipKind, isBelow: boolean, on: IsoDate, place: LawPlace): Finding[] =>
  isBelow
    ? []
    : [
        finding(RULES[kind].parts, {
          code: 'ADDRESSEE_OUTSIDE_JURISDICTION',
          outcome: 'REJECT',
          message: '所交办的单位不在本单位管辖范围内。',
          messageEn: 'The unit that the slip goes to does not stand below this one.',
          path: [kind === 'VERIFICATION' ? 'verifyingUnit' : 'undertakingUnit'],
          remedy: '请选择本辖区内的单位；涉及外省的，请填报问题报告单。',
          on,
          place,
        }),
      ];

/** A due date is set, lies ahead and is a working day, where the working days of its year are published (TKT-10, TKT-11). */
export const judgeDueDay = (
  kind: SlipKind,
  dueOn: IsoDate | null,
  on: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const tell = (code: string, message: string, messageEn: string, remedy: string): Finding[] => [
    finding(RULES[kind].parts, {
      ...{ code, outcome: 'REJECT', message, messageEn, path: ['dueDate'], remedy, on, place },
    }),
  ];
  if (dueOn === null)
    return tell('DUE_DATE_MISSING', '未填写完成时限。', 'No due date is set.', '请填写完成时限。');
  if (dueOn < on)
    return tell(
      'DUE_DATE_PAST',
      '完成时限早于今天。',
      'The due date has passed.',
      '请填写今天或以后的工作日。',
    );
  if (!calendar.isPublished(partsOf(dueOn).year) || calendar.isWorkingDay(dueOn)) return [];
  return tell(
    'DUE_DATE_NOT_WORKING_DAY',
    '完成时限不是工作日。',
    'The due date is no working day.',
    '请改为工作日。',
  );
};

/** Everything that stands against an answer: the addressee's own fields are filled in, and no others (TKT-10, TKT-11). */
export const judgeAnswer = (
  facts: { kind: SlipKind; fields: SlipFacts['fields'] },
  on: IsoDate,
  place: LawPlace,
): Finding[] => [
  ...missing(facts.kind, 'ADDRESSEE', facts.fields, { on, place }),
  ...foreign(facts.kind, 'ADDRESSEE', facts.fields, { on, place }),
];
