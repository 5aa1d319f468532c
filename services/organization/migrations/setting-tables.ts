import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByPlace } from '#libs/platform/database/tables.ts';

const settings = [
  `create table working_days (
    year int primary key, issue int not null, basis text not null, holidays jsonb not null,
    make_up_days jsonb not null)`,
  `create table grade_permission (
    province text, kind text, setting text not null, version int not null, primary key (province, kind),
    foreign key (province) references org_unit (code) on update no action)`,
];

/** What an authority holds against a school or unit is seen by both and by those above. */
const corrections = [
  `create table correction_order (
    order_id uuid primary key, target text not null, is_school boolean not null, unit text not null,
    province text not null, place bigint not null, kind text not null, evidence text not null,
    ordered_by text not null, ordered_at timestamptz not null, due_on date not null, provisional boolean not null,
    calendar_version text not null, state text not null, measures text, reported_at timestamptz, remark text,
    closed_at timestamptz, closed_by text, escalated_to text, escalated_at timestamptz, findings jsonb not null,
    version int not null,
    foreign key (unit) references org_unit (code) on update no action)`,
  `create index correction_order_place on correction_order (place, order_id)`,
  `create index correction_order_open on correction_order (due_on) where state <> 'CLOSED'`,
];

export const settingSteps: readonly SchemaStep[] = [
  {
    name: '003-settings-and-corrections',
    statements: (roles) => {
      enforces('ORG-23', 'PRV-12');
      return [
        ...settings,
        ...corrections,
        ...securedByPlace('correction_order', roles, false),
        `revoke delete on working_days, grade_permission, correction_order from ${roles.app}, ${roles.worker}`,
      ];
    },
  },
];

/** The ticket of complaint-ticket that an order rests on. */
export const correctionTicketSteps: readonly SchemaStep[] = [
  {
    name: '040-corrections-by-ticket',
    statements: () => ['alter table correction_order add column ticket_id uuid'],
  },
];
