/**
 * From the last approval across provinces until the file is called up: until when (TRF-33), for whom the receiving school has
 * recorded that they reported (TRF-32). One row a case, moved by the receiving school's registrar and by the recount of days.
 */
export const callUpTables = [
  `create table transfer_call_up (
    case_id uuid primary key, person_id uuid not null, source_place bigint not null, target_place bigint not null,
    competent_place bigint,
    due_on date, provisional boolean not null, calendar_version text, counted_from date, counted_days int,
    reported_on date, called_up_at timestamptz, called_up_by text,
    foreign key (case_id) references transfer_case (case_id) on update no action,
    constraint transfer_call_up_reported check ((called_up_at is null) = (reported_on is null)))`,
  `create index transfer_call_up_due on transfer_call_up (due_on, case_id) where called_up_at is null and not provisional`,
  `create index transfer_call_up_calendar on transfer_call_up (calendar_version, case_id) where called_up_at is null`,
];

/** What a request may write of it once the row is there. */
export const callUpMoves = 'reported_on, called_up_at, called_up_by';
