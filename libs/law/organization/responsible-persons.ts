import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** Who is on file as answering for a school's registrations. */
export type ResponsiblePersonsFacts = { principals: number; registrars: number };

/**
 * The principal answers first, the registrar directly (ORG-07, Shanxi): a school has exactly one principal and at least
 * one registrar on file. What waits is the school's business, never a child's attendance.
 */
export const judgeResponsiblePersons = (
  facts: ResponsiblePersonsFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => [
  ...(facts.principals === 1 ? [] : principal(facts.principals, on, place)),
  ...(facts.registrars >= 1 ? [] : registrar(on, place)),
];

const principal = (principals: number, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ORG-07', {
    message:
      principals === 0
        ? '学校尚未登记校长（学籍管理第一责任人）。'
        : `学校登记了${principals}名校长，第一责任人只能有一名。`,
    messageEn: principals === 0 ? 'No principal is on file.' : 'More than one principal is on file.',
    path: ['principal'],
    remedy: '请登记一名校长，由主管部门核对。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });

const registrar = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ORG-07', {
    message: '学校尚未登记学籍管理员（直接责任人）。',
    messageEn: 'No registrar is on file.',
    path: ['registrar'],
    remedy: '请登记至少一名学籍管理员，由主管部门核对。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
