import { type ServiceRoles, securedByPlace, securedForWorkers } from '#libs/platform/database/tables.ts';
import { inOwnBlock, readWhere } from './timeliness-tables.ts';

const tables = [
  `create table term_check (
    school text not null, school_year int not null, term int not null, place bigint not null, authority text not null,
    province text not null, opens_on date not null, possible_from date not null, closes_on date not null,
    state text not null check (state in ('CHECK_OPEN', 'SCHOOL_CHECKED', 'COUNTY_CHECKED', 'MISSING')),
    confirmed_at timestamptz, confirmed_by text, note text, problems int, unverified int, unfinished int,
    without_record int, missed_on date, version int not null, primary key (school, school_year, term))`,
  `create index term_check_place on term_check (school_year, term, place)`,
  `create index term_check_authority on term_check (authority, school_year, term)`,
  `create index term_check_due on term_check (closes_on, school) where state = 'CHECK_OPEN'`,
  `create table term_fault (
    school text not null, school_year int not null, term int not null, person_id uuid not null, kind text not null,
    place bigint not null, open boolean not null, primary key (school, school_year, term, person_id, kind))`,
  `create index term_fault_person on term_fault (person_id, kind)`,
  `create table county_check (
    county text not null, school_year int not null, term int not null, place bigint not null, province text not null,
    closes_on date, checked_on date, missed_on date, version int not null, primary key (county, school_year, term))`,
  `create index county_check_due on county_check (closes_on, county) where checked_on is null and missed_on is null`,
  `create table problem_standing (
    problem_id uuid primary key, person_id uuid not null, place bigint not null, province text not null, kind text not null,
    due_on date)`,
  `create index problem_standing_place on problem_standing (place)`,
  `create table term_cell (
    place bigint not null, width bigint not null, measure text collate "C" not null, day date not null, n int not null,
    primary key (place, width, measure, day))`,
];

/**
 * Checks of terms by schools and counties, and the counts of them in every block of the tree. Requests read those of the
 * own range; which problem records wait is for workers.
 */
export const termTables = (roles: ServiceRoles): string[] => [
  ...tables,
  ...['term_check', 'term_fault', 'county_check'].flatMap((table) => [
    ...securedByPlace(table, roles, false),
    `revoke insert, update, delete on ${table} from ${roles.app}`,
  ]),
  ...readWhere(inOwnBlock, 'term_cell', roles),
  ...securedForWorkers('problem_standing', roles),
];
