import { type ServiceRoles, securedByPlace } from '../database/tables.ts';

/**
 * An upload that something else has taken over, such as a case its papers, is swept away no more. A step of its own
 * for services whose first step made the tables above.
 */
export const takenUploads = ['alter table upload add column taken_at timestamptz'];

/**
 * An upload that somebody has asked for is nobody else's; it is swept away like an unused one unless it becomes taken. A
 * step of its own.
 */
export const heldUploads = [
  'alter table upload add column held_for text, add column held_at timestamptz',
  'alter table upload add constraint upload_held check ((held_for is null) = (held_at is null))',
];

/**
 * What was stored of each file, under which key, and what the last check of it found. `object_id` is the name of its
 * bytes where they were sealed anew (null: the file's own); `spare_id` names bytes of it that are being written or were
 * replaced. `loose_object`: what lies in the storage without a row, since when it is known. A step of its own.
 */
export const keptFiles = (roles: ServiceRoles): string[] => [
  `alter table stored_file add column object_id uuid, add column key_id text, add column size bigint,
     add column sha256 bytea, add column spare_id uuid, add column spare_since timestamptz,
     add column checked_at timestamptz, add column fault text,
     add constraint stored_file_spare check ((spare_id is null) = (spare_since is null)),
     add constraint stored_file_fault check (fault in ('DAMAGED', 'MISSING'))`,
  `create index stored_file_key on stored_file (key_id, file_id) where state = 'KEPT'`,
  `create index stored_file_checked on stored_file (checked_at nulls first, file_id) where state = 'KEPT'`,
  `create index stored_file_faulty on stored_file (file_id) where fault is not null`,
  `create index stored_file_spare on stored_file (spare_since) where spare_id is not null`,
  `create index stored_file_spare_name on stored_file (spare_id) where spare_id is not null`,
  `create index stored_file_object on stored_file (object_id) where object_id is not null`,
  `create index upload_file on upload (file_id) where file_id is not null`,
  `create table loose_object (object_id uuid primary key, seen_at timestamptz not null, replaced boolean not null)`,
  `create index loose_object_due on loose_object (seen_at)`,
  `revoke all on loose_object from ${roles.app}`,
];

/**
 * Tables of uploads and reports, of the single-shard class. `stored_file` has a row for everything in the storage, written before its first
 * byte: what no upload or report came to own is found and removed. The name that a file had at its sender is not
 * kept: it often holds a child's name, and nothing needs it.
 */
export const fileTables = (roles: ServiceRoles): string[] => [
  `create table stored_file (
    file_id uuid primary key, place bigint not null, state text not null, recorded_at timestamptz not null,
    check (state in ('WRITING', 'KEPT', 'DROPPED')))`,
  `create index stored_file_loose on stored_file (recorded_at) where state <> 'KEPT'`,
  `create table upload (
    upload_id uuid primary key, place bigint not null, owner text not null, purpose text not null,
    media_type text not null, size bigint not null, sha256 bytea not null, state text not null, refusal text,
    file_id uuid, requested_at timestamptz not null, expires_at timestamptz not null, received_at timestamptz,
    check (state in ('REQUESTED', 'RECEIVED', 'ACCEPTED', 'REFUSED')),
    check ((state in ('RECEIVED', 'ACCEPTED')) = (file_id is not null)),
    check ((state = 'REFUSED') = (refusal is not null)))`,
  `create index upload_waiting on upload (place, expires_at) where state in ('REQUESTED', 'REFUSED')`,
  `create index upload_kept on upload (received_at) where state in ('RECEIVED', 'ACCEPTED')`,
  `create table report (
    report_id uuid primary key, place bigint not null, file_id uuid not null, media_type text not null,
    size bigint not null, is_personal boolean not null, saved_at timestamptz not null)`,
  `create index report_saved on report (saved_at)`,
  ...['stored_file', 'upload', 'report'].flatMap((table) => securedByPlace(table, roles, false)),
];
