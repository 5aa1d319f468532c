import type { SchemaStep } from './migrate.ts';
import type { ServiceRoles } from './tables.ts';

const signature = 'record_events(text[], int[], text[], jsonb[], timestamptz)';

/**
 * Writes events into the outbox and refuses (unique_violation) a version that the relay has moved to the log already.
 * The second statement sees what was committed while the first waited for the relay. It looks at the log with the
 * owner's rights: a request may not read events.
 */
const recordEvents = ({ schema }: ServiceRoles): string => `
create function record_events(aggregates text[], versions int[], types text[], events jsonb[], at timestamptz)
returns void language plpgsql volatile security definer set search_path = ${schema}, pg_temp as $$
begin
  insert into outbox (aggregate_id, version, type, event, recorded_at)
    select a, v, t, e, at from unnest(aggregates, versions, types, events) as row (a, v, t, e);
  perform from unnest(aggregates, versions) as row (a, v) cross join lateral
    (select from event_log where aggregate_id = a and version >= v limit 1) as logged;
  if found then
    raise unique_violation using message = 'A version that is recorded is in the log already';
  end if;
end $$`;

/** Events are recorded through a function alone; receipts of commands, which nobody ever kept, go. */
export const recordingStep: SchemaStep = {
  name: 'platform-recording',
  statements: (roles) => [
    recordEvents(roles),
    `revoke all on function ${signature} from public`,
    `grant execute on function ${signature} to ${roles.app}, ${roles.worker}`,
    `revoke insert on outbox from ${roles.app}, ${roles.worker}`,
    `drop table if exists command_receipt`,
  ],
};
