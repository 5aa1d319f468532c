import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** What somebody does for a unit. */
export type UserRole = 'REGISTRAR' | 'DECISION_MAKER' | 'PRINCIPAL' | 'CLASS_TEACHER';

/** The two roles that each school and each county has (ACC-18). */
const UNIT_ROLES = ['REGISTRAR', 'DECISION_MAKER'] as const;

/** What is wanted for an operation, and what the person's unit has granted. */
export type RoleFacts = { needed: UserRole; held: readonly UserRole[] };

/** A registrar handles, a decision-maker decides: nobody acts in a role that was not given (ACC-18). */
export const judgeRole = ({ needed, held }: RoleFacts, on: IsoDate, place: LawPlace): Finding[] =>
  held.includes(needed) ? [] : roleMissing(needed, ROLE_REMEDY, on, place);

/** What of the two roles a school or county has nobody in (ACC-18). `held`: roles of all who are active there. */
export const judgeUnitRoles = (
  facts: { held: readonly UserRole[] },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  UNIT_ROLES.filter((role) => !facts.held.includes(role)).flatMap((role) =>
    roleMissing(role, UNIT_REMEDY, on, place),
  );

const ROLE_REMEDY = '请由具有该角色的人员办理。';
const UNIT_REMEDY = '请为本单位指定该角色的人员并开通账号。';

const ROLE_NAMES: Readonly<Record<UserRole, { zh: string; en: string }>> = {
  REGISTRAR: { zh: '学籍管理员', en: 'registrar' },
  DECISION_MAKER: { zh: '核办人员', en: 'decision-maker' },
  PRINCIPAL: { zh: '校长', en: 'principal' },
  CLASS_TEACHER: { zh: '班主任', en: 'class teacher' },
};

const roleMissing = (role: UserRole, remedy: string, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ACC-18', {
    message: `缺少“${ROLE_NAMES[role].zh}”角色，不能办理。`,
    messageEn: `The role of ${ROLE_NAMES[role].en} is missing.`,
    path: ['role'],
    remedy,
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
