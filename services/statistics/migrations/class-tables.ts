import { enforces } from '#libs/law/enforces.ts';
import { type ServiceRoles, securedForWorkers } from '#libs/platform/database/tables.ts';
import { inOwnBlock, readWhere } from './timeliness-tables.ts';

/** Sizes of classes, rebuilt from the events. A request reads counts of its own range, and no pupil or class at all. */
export const classTables = (roles: ServiceRoles): string[] => {
  enforces('PRV-12');
  return [
    `create table class_member (
      person_id uuid primary key, enrollment uuid not null, place bigint not null, stage text not null,
      entry_year_adj int not null, last_grade int not null, class_id uuid)`,
    `create table class_size (
      class_id uuid primary key, place bigint not null, stage text not null, entry_year_adj int not null,
      last_grade int not null, size int not null)`,
    `create table class_cell (
      place bigint not null, width bigint not null, stage text collate "C" not null, entry_year_adj int not null,
      last_grade int not null, band text collate "C" not null, classes int not null, pupils int not null,
      primary key (place, width, stage, entry_year_adj, last_grade, band))`,
    `create table class_turn (id int primary key)`,
    `insert into class_turn values (1)`,
    ...securedForWorkers('class_member', roles),
    ...securedForWorkers('class_size', roles),
    ...readWhere(inOwnBlock, 'class_cell', roles),
    `revoke all on class_turn from ${roles.app}`,
  ];
};
