import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { recordingStep } from '#libs/platform/database/recording.ts';
import { platformTables, type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';
import { directoryTables } from '#libs/platform/directory/tables.ts';
import { MEASURES } from '../stock/attributes.ts';
import { accountTables } from './account-tables.ts';
import { alertTables } from './alert-tables.ts';
import { classTables } from './class-tables.ts';
import { dropoutTables } from './dropout-tables.ts';
import { exportTables, moreExportKinds } from './export-tables.ts';
import { flowTables } from './flow-tables.ts';
import { incidentTables } from './incident-tables.ts';
import { jobTables } from './job-tables.ts';
import { monitorTables } from './monitor-tables.ts';
import { publicationTables } from './publication-tables.ts';
import { stockDayTables } from './stock-day-tables.ts';
import { termTables } from './term-tables.ts';
import { ticketTables } from './ticket-tables.ts';
import { namedUnitIndexes, timelinessTables, untoldTables } from './timeliness-tables.ts';

const stockTables = [
  `create table pupil (
    person_id uuid primary key, place bigint not null, province text not null, number_kind text,
    enrollment uuid, school text, stage text, entry_year_adj int, last_grade int, frozen_at timestamptz, status text,
    gender text, document_type text, boarder boolean, left_behind boolean, migrant boolean,
    residence_permit boolean, disabled boolean, ethnic_group text)`,
  `create index pupil_place on pupil (place)`,
  `create table stock_cell (
    place bigint, width bigint, stage text collate "C", gender text collate "C", entry_year_adj int,
    last_grade int, frozen_at timestamptz, ${MEASURES.map(({ column }) => `${column} int not null`).join(', ')},
    primary key (place, width, stage, gender, entry_year_adj, last_grade, frozen_at)
  ) with (fillfactor = 70)`,
  `create table stock_turn (id int primary key)`,
  `insert into stock_turn values (1)`,
];

const setting = (name: string) => `nullif(current_setting('xueji.${name}', true), '')::bigint`;

/** A request reads counts of blocks inside its range of the tree, and no pupil at all: tables need none. */
const secured = (roles: ServiceRoles): string[] => [
  ...securedByPlace('pupil', roles),
  `revoke all on pupil, stock_turn from ${roles.app}`,
  `revoke insert, update, delete on stock_cell from ${roles.app}`,
  `alter table stock_cell enable row level security`,
  `alter table stock_cell force row level security`,
  `create policy stock_cell_scope on stock_cell for select to ${roles.app}
   using (place >= ${setting('lo')} and place + width - 1 <= ${setting('hi')})`,
  `create policy stock_cell_work on stock_cell to ${roles.worker} using (true) with check (true)`,
];

export const statisticsSteps: readonly SchemaStep[] = [
  {
    name: '001-stock',
    statements: (roles) => {
      enforces('STA-08', 'PRV-12');
      return [...platformTables(roles), ...directoryTables(roles), ...stockTables, ...secured(roles)];
    },
  },
  recordingStep,
  {
    name: '002-told-by-identity',
    statements: () => [`alter table pupil add column told_gender text, add column told_document_type text`],
  },
  {
    name: '003-living-data-told-by-identity',
    statements: () => [`alter table pupil add column told_living jsonb`],
  },
  { name: '004-timeliness', statements: timelinessTables },
  { name: '005-named-units', statements: namedUnitIndexes },
  { name: '006-calendars-missing', statements: untoldTables },
  { name: '007-tickets', statements: ticketTables },
  { name: '008-security-alerts', statements: alertTables },
  { name: '009-term-checks', statements: termTables },
  { name: '010-stock-by-day', statements: stockDayTables },
  { name: '011-flows', statements: flowTables },
  { name: '011-account-use', statements: accountTables },
  { name: '012-monitor', statements: monitorTables },
  { name: '013-dropouts', statements: dropoutTables },
  { name: '014-publication', statements: publicationTables },
  { name: '015-classes', statements: classTables },
  { name: '016-long-questions', statements: jobTables },
  { name: '017-exports', statements: exportTables },
  { name: '018-recount', statements: incidentTables },
  { name: '019-exports-of-more-tables', statements: moreExportKinds },
];
