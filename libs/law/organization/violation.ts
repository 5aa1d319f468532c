import type { IsoDate } from '../dates.ts';
import { basisOf, type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { LawLayer, Stage } from '../layers.ts';

/** Breaches of a school: the common list, in its order (ORG-21), and what single layers add (ORG-22). */
export const SCHOOL_VIOLATIONS = [
  'NO_ARCHIVE_FOR_ACCEPTED_STUDENT',
  'FALSE_REGISTRATION_OR_ARCHIVE',
  'CHANGES_NOT_ARCHIVED',
  'DROPOUTS_NOT_REPORTED',
  'ACCEPTED_STUDENT_NOT_TRANSFERRED',
  'ARCHIVE_NOT_PASSED_ON',
  'LEAK_OR_UNLAWFUL_USE',
  'LAX_MANAGEMENT',
  'UNAUTHORISED_ALTERATION',
  'OTHER',
] as const;

/** A kind of breach. */
export type SchoolViolation = (typeof SCHOOL_VIOLATIONS)[number];

/** A breach that an authority finds. */
export type ViolationFacts = {
  kind: SchoolViolation;
  stage: Stage;
  /** The pupil concerned was accepted in compliance; asked of the first and fifth kind in Shanxi. */
  acceptedInCompliance: boolean;
  /** LAX_MANAGEMENT: serious trouble came of it. */
  seriousTrouble: boolean;
};

/** What the layer that adds a kind is. */
const ADDED_BY: Readonly<Partial<Record<SchoolViolation, LawLayer>>> = {
  LAX_MANAGEMENT: 'SX26',
  UNAUTHORISED_ALTERATION: 'BG',
};

const ASKS_COMPLIANCE: ReadonlySet<SchoolViolation> = new Set([
  'NO_ARCHIVE_FOR_ACCEPTED_STUDENT',
  'ACCEPTED_STUDENT_NOT_TRANSFERRED',
]);

/** The kinds that are an offence at a place on a day, whatever the case. */
export const violationsAt = (on: IsoDate, place: LawPlace, stage: Stage): SchoolViolation[] =>
  SCHOOL_VIOLATIONS.filter((kind) => {
    const layer = ADDED_BY[kind];
    if (!layer) return basisOf('ORG-21', on, place, stage).length > 0;
    return basisOf('ORG-22', on, place, stage).some((basis) => basis.layer === layer);
  });

/**
 * Judges a breach by a school: RECORD, which opens a correction finding against it (ORG-23), where some text in force
 * makes it an offence; nothing elsewhere. The texts of 2013, Shanxi and Beiguan share a list (ORG-21, PRV-10 for leaks);
 * Shanxi asks for compliant acceptance in two of its items and adds serious trouble from lax management, Beiguan adds
 * unauthorised alteration (ORG-22).
 */
export const judgeViolation = (facts: ViolationFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { kind, stage } = facts;
  if (!violationsAt(on, place, stage).includes(kind)) return [];
  if (kind === 'LAX_MANAGEMENT' && !facts.seriousTrouble) return [];
  if (ASKS_COMPLIANCE.has(kind) && !facts.acceptedInCompliance && limitsToCompliance(on, place)) return [];
  const said = {
    code: 'CORRECTION_ORDERED',
    outcome: 'RECORD' as const,
    message: `学校存在违规情形：${NAMES[kind].zh}，责令改正。`,
    messageEn: `The school is in breach (${NAMES[kind].en}); correction is ordered.`,
    remedy: '请学校在改正期限内整改并上报结果。',
    ownerLevel: 'SCHOOL' as const,
    on,
    place,
    stage,
  };
  if (ADDED_BY[kind]) return findingIfInForce('ORG-22', said);
  return kind === 'LEAK_OR_UNLAWFUL_USE'
    ? findingIfInForce('PRV-10', said)
    : findingIfInForce('ORG-21', said);
};

const limitsToCompliance = (on: IsoDate, place: LawPlace): boolean =>
  basisOf('ORG-21', on, place).some(({ layer }) => layer === 'SX26');

const NAMES: Readonly<Record<SchoolViolation, { zh: string; en: string }>> = {
  NO_ARCHIVE_FOR_ACCEPTED_STUDENT: {
    zh: '未为接收的学生建立学籍档案',
    en: 'no archive for an accepted pupil',
  },
  FALSE_REGISTRATION_OR_ARCHIVE: { zh: '学籍或档案信息虚假', en: 'false registration or archive' },
  CHANGES_NOT_ARCHIVED: { zh: '学籍变动未及时归入档案', en: 'changes not archived in time' },
  DROPOUTS_NOT_REPORTED: { zh: '未及时报告学生辍学', en: 'dropouts not reported in time' },
  ACCEPTED_STUDENT_NOT_TRANSFERRED: { zh: '接收学生而未办理转学', en: 'accepted pupil not transferred' },
  ARCHIVE_NOT_PASSED_ON: { zh: '未按规定转接学籍档案', en: 'archive not passed on' },
  LEAK_OR_UNLAWFUL_USE: { zh: '学籍信息泄露或被非法使用', en: 'leak or unlawful use of information' },
  LAX_MANAGEMENT: { zh: '学籍管理松懈并造成严重问题', en: 'serious trouble from lax management' },
  UNAUTHORISED_ALTERATION: { zh: '擅自更改或处理学籍信息', en: 'unauthorised alteration' },
  OTHER: { zh: '其他违规行为', en: 'another breach' },
};
