import { type ServiceRoles, securedByTwoPlaces, securedForWorkers } from '#libs/platform/database/tables.ts';
import { inOwnBlock, readWhere } from './timeliness-tables.ts';

const tables = [
  `create table flow_pupil (
    person_id uuid primary key, place bigint not null, province text not null, day date not null,
    registration jsonb not null)`,
  `create table flow_case (
    person_id uuid not null, event_id uuid not null, day date not null, kind text not null, source_school text,
    source_place bigint, target_school text, target_place bigint, enrollment uuid not null, case_id uuid,
    primary key (person_id, event_id))`,
  `create index flow_case_source on flow_case (source_place, day)`,
  `create index flow_case_target on flow_case (target_place, day)`,
  `create table flow_cell (
    width bigint not null, place bigint not null, day date not null, kind text collate "C" not null,
    direction text collate "C" not null, stage text collate "C" not null, gender text collate "C" not null,
    entry_year_adj int not null, last_grade int not null, frozen_at timestamptz not null, n int not null,
    primary key (width, place, day, kind, direction, stage, gender, entry_year_adj, last_grade, frozen_at))`,
  `create table flow_pair (
    width bigint not null, source_place bigint not null, target_place bigint not null, day date not null,
    kind text collate "C" not null, n int not null, primary key (width, source_place, target_place, day, kind))`,
  `create index flow_pair_target on flow_pair (width, target_place, day)`,
];

const ofBlock = (column: string): string => inOwnBlock.replaceAll('place', column);

/** Who came and went, one by one and counted by block and day. A pair is read by who manages either of its blocks. */
export const flowTables = (roles: ServiceRoles): string[] => [
  ...tables,
  ...securedForWorkers('flow_pupil', roles),
  ...securedByTwoPlaces('flow_case', roles),
  `revoke insert, update, delete on flow_case from ${roles.app}`,
  ...readWhere(inOwnBlock, 'flow_cell', roles),
  ...readWhere(`(${ofBlock('source_place')}) or (${ofBlock('target_place')})`, 'flow_pair', roles),
];
