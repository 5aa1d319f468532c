import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { appendOnlyFor, readWhereTold, securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * What was done of the duties of a term, once for each county or school: `place` is that of the county or school,
 * `told_place` that of the county which a school has told, and which reads what it was told. With the days of the term
 * as they were when it was done.
 */
const dutyTables = [
  `create table term_duty (
    owner text, school_year int, term int, kind text not null, county text not null, province text not null,
    place bigint not null, told_place bigint, note text not null, transferred_in int, transferred_out int,
    opens_on date not null, closes_on date not null, done_at timestamptz not null, done_by text not null,
    primary key (owner, school_year, term),
    check (term in (1, 2)), check (kind in ('COUNTY_CHECK', 'DIRECT_SCHOOL_NOTICE')),
    check ((kind = 'COUNTY_CHECK') = (owner = county)), check ((kind = 'COUNTY_CHECK') = (told_place is null)),
    check ((kind = 'COUNTY_CHECK') = (transferred_in is null)),
    check ((kind = 'COUNTY_CHECK') = (transferred_out is null)),
    foreign key (county) references org_unit (code) on update no action)`,
  `create index term_duty_place on term_duty (place)`,
  `create index term_duty_told on term_duty (told_place) where told_place is not null`,
  `create index school_direct on school (place) where managed_by <> 'COUNTY'`,
];

/** Pupils transferred from school to school, by day: a projection. */
const transferTables = [
  `create table school_transfer (
    enrollment uuid primary key, from_school text not null, to_school text not null, moved_on date not null)`,
  `create index school_transfer_from on school_transfer (from_school, moved_on)`,
  `create index school_transfer_to on school_transfer (to_school, moved_on)`,
];

/** A registration is moved more than once in its life. */
export const transferSteps: readonly SchemaStep[] = [
  {
    name: '007-transfers-by-day',
    statements: () => [
      `alter table school_transfer drop constraint school_transfer_pkey,
         add primary key (enrollment, moved_on, to_school)`,
    ],
  },
];

export const dutySteps: readonly SchemaStep[] = [
  {
    name: '005-duties-of-each-term',
    statements: (roles) => {
      enforces('PRV-12');
      return [
        ...dutyTables,
        ...transferTables,
        ...securedByPlace('term_duty', roles, false),
        ...readWhereTold('term_duty', roles),
        ...appendOnlyFor('term_duty', roles),
        `revoke insert, update, delete on school_transfer from ${roles.app}`,
      ];
    },
  },
];
