/**
 * Pupils who attend a school while their registration is elsewhere: before the transfer formalities (TRF-49, TRF-50), after
 * an offline decision in a fault (TRF-24), or because the registration may stay (TRF-29). One open row a person and school.
 * `source_*` follow the registration, for its side alone; `told_authority` is its authority as it was reported, for the other.
 * `due_from` is the instant from which the time to start the transfer counts, null where none runs; `late_on` the day on
 * which it was noted that it was over, `set_aside_until` until when work leaves it alone that has failed at it.
 */
export const attendingTables = [
  `create table transfer_attendance (
    attendance_id uuid primary key, person_id uuid not null, basis text not null, stage text not null,
    source_school text not null, source_place bigint not null, source_province text not null,
    source_authority text not null, told_authority text not null, target_school text not null, target_place bigint not null,
    target_province text not null, target_authority text not null,
    since date not null, exempt boolean not null, in_compliance boolean not null, fault text,
    due_from timestamptz, due_on date, provisional boolean not null, reported_by text not null,
    reported_at timestamptz not null, transfer_id uuid, done_on date, ended_on date, ended_how text, ended_note text, late_on date, looked_on date,
    set_aside_until timestamptz,
    version int not null, events int not null,
    constraint transfer_attendance_end check ((ended_on is null) = (ended_how is null)),
    constraint transfer_attendance_done check ((transfer_id is null) = (done_on is null)))`,
  `create unique index transfer_attendance_open on transfer_attendance (person_id, target_school)
     where done_on is null and ended_on is null`,
  `create index transfer_attendance_source on transfer_attendance (source_place, reported_at, attendance_id)`,
  `create index transfer_attendance_target on transfer_attendance (target_place, reported_at, attendance_id)`,
  `create index transfer_attendance_case on transfer_attendance (transfer_id) where transfer_id is not null`,
  `create index transfer_attendance_late on transfer_attendance (due_on) where late_on is null and due_on is not null`,
  `create index transfer_attendance_fault on transfer_attendance (fault) where fault is not null and due_from is null`,
];

/** What a request may write of it once the row is there. */
export const attendingMoves = 'transfer_id, done_on, ended_on, ended_how, ended_note, version, events';
