import { enforces } from '#libs/law/enforces.ts';
import { type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * What families ask for before there is a case. `place` is that of the school which is to answer, or of the county that is to
 * name one: the sending side learns of it with the case. One open application a child and school, as a constraint; the day
 * on which a family applied, and for whom, never changes (TRF-05).
 */
const tables = [
  `create table transfer_application (
    application_id uuid primary key, person_id uuid not null, place bigint not null, province text not null,
    school text, authority text not null, state text not null, kind text not null, stage text not null, grade int not null,
    request jsonb not null, sealed bytea not null, findings jsonb not null, source jsonb not null,
    applied_on date not null, applied_by text not null, applied_at timestamptz not null,
    due_on date not null, provisional boolean not null, calendar_version text not null,
    counted_from date, counted_days int,
    arranged boolean not null, follows uuid, papers_asked text[] not null default '{}',
    answered_by text, answered_at timestamptz, reasons text[] not null default '{}', note text,
    proposed_school text, handled_by text, handled_at timestamptz,
    place_noted_at timestamptz, place_kept_until date, set_aside_until timestamptz,
    case_id uuid, ended_at timestamptz, version int not null, events int not null,
    constraint transfer_application_end check ((state in ('APPLIED', 'ARRANGING', 'TAKEN_UP')) = (ended_at is null)))`,
  `create unique index transfer_application_open on transfer_application (person_id, coalesce(school, ''))
     where ended_at is null`,
  `create index transfer_application_person on transfer_application (person_id, applied_at, application_id)`,
  `create index transfer_application_place on transfer_application (place, applied_at, application_id)`,
  `create index transfer_application_waits on transfer_application (calendar_version, application_id)
     where ended_at is null and state in ('APPLIED', 'ARRANGING')`,
  `create index transfer_application_kept on transfer_application (application_id) where place_noted_at is not null`,
  `create index transfer_application_case on transfer_application (case_id) where case_id is not null`,
];

/** Who answers moves an application on, and never changes who asked, when, or for what. */
const moves = `place, school, authority, state, due_on, provisional, calendar_version, counted_from, counted_days,
  arranged, papers_asked, answered_by, answered_at, reasons, note, case_id, ended_at, findings, proposed_school,
  handled_by, handled_at, place_kept_until, version, events`;

/** Whether a place may be held for one is for workers alone to note and to clear. */
const noted = 'place_noted_at, set_aside_until';

/** The table of applications and its row-level security: the asked school or county, those above it, and the guardian. */
export const applicationTables = (roles: ServiceRoles): string[] => {
  enforces('TRF-05', 'PRV-11', 'PRV-12');
  return [
    ...tables,
    ...securedByPlace('transfer_application', roles),
    `revoke delete on transfer_application from ${roles.app}, ${roles.worker}`,
    `revoke update on transfer_application from ${roles.app}, ${roles.worker}`,
    `grant update (${moves}) on transfer_application to ${roles.app}, ${roles.worker}`,
    `grant update (${noted}) on transfer_application to ${roles.worker}`,
    `revoke insert on transfer_application from ${roles.app}`,
  ];
};
