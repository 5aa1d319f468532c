import DataLoader from 'dataloader';
import type { PostRole, SchoolKind } from '#libs/contracts/vocabulary.ts';
import { judgeRegistrarPresent } from '#libs/law/account/registrar-duty.ts';
import { judgeUnitRoles } from '#libs/law/account/roles.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeResponsiblePersons } from '#libs/law/organization/responsible-persons.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { UnitLevel } from '../tree/org-unit.ts';
import type { Desk } from './desk.ts';
import type { Post } from './post.ts';

/** Who is on file at a workplace, and in which roles somebody can act there now. */
export type Staff = { principals: number; registrars: number; active: PostRole[]; activeRegistrars: number };

const nobody: Staff = { principals: 0, registrars: 0, active: [], activeRegistrars: 0 };

/** Staff by workplace; null outside of the range of a desk. */
export const createStaffLoader = (core: ServiceCore, desk: Desk): DataLoader<string, Staff | null> =>
  new DataLoader(
    async (codes) => {
      const ranges = await Promise.all(codes.map((code) => core.directory.rangeOf(code)));
      const isWithin = (nth: number): boolean => {
        const range = ranges[nth];
        return range !== undefined && desk.own.lo <= range.lo && range.hi <= desk.own.hi;
      };
      const rows = await inScope(core.app, desk.scope, (tx) =>
        query<Staff & { workplace: string }>(
          tx,
          `select workplace,
             count(*) filter (where role = 'PRINCIPAL' and filed_at is not null)::int as principals,
             count(*) filter (where role = 'REGISTRAR' and filed_at is not null)::int as registrars,
             count(*) filter (where role = 'REGISTRAR' and state in ('ACTIVE', 'PASSWORD_DUE'))::int as "activeRegistrars",
             coalesce(array_agg(distinct role) filter (where state in ('ACTIVE', 'PASSWORD_DUE')), '{}') as active
           from registrar cross join lateral jsonb_array_elements_text(roles) as role
           where workplace = any($1::text[]) and replaced_at is null group by workplace`,
          [codes],
        ),
      );
      const byWorkplace = new Map(rows.map((row) => [row.workplace, row]));
      return codes.map((code, nth) => (isWithin(nth) ? (byWorkplace.get(code) ?? nobody) : null));
    },
    { maxBatchSize: 500 },
  );

/** Kinds of school that the rules about registrations do not cover (ORG-09). */
const uncovered: ReadonlySet<SchoolKind> = new Set<SchoolKind>(['KINDERGARTEN', 'VOCATIONAL']);

/**
 * Who is missing at a workplace: a registrar (ACC-01), a principal who answers first and a registrar who answers
 * directly (ORG-07), somebody in each of the two roles of schools and counties (ACC-18).
 */
export const judgeStaff = (
  staff: Staff,
  { isSchool, law }: Pick<Post, 'isSchool' | 'law'>,
  kind: { school?: SchoolKind; level?: UnitLevel },
  on: IsoDate,
): Finding[] => {
  if (kind.school !== undefined && uncovered.has(kind.school)) return [];
  const { principals, registrars, active, activeRegistrars } = staff;
  return [
    ...judgeRegistrarPresent({ activeRegistrars, isSchool }, on, law),
    ...(isSchool ? judgeResponsiblePersons({ principals, registrars }, on, law) : []),
    ...(isSchool || kind.level === 'COUNTY' ? judgeUnitRoles({ held: active }, on, law) : []),
  ];
};
