import { shanghaiDate } from '#libs/law/dates.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { Attendance, AttendanceBasis } from './attendance.ts';
import { attendancesWhere } from './attendance-rows.ts';

export type AttendanceFilter = {
  /** Only those whose transfer the school has yet to start, and who still attend. */
  open?: boolean | null;
  /** Only those whose time is over. */
  late?: boolean | null;
  basis?: AttendanceBasis | null;
};

/** Pupils who attend a school of the caller's while they are registered elsewhere, or the other way round; oldest first. */
export const listAttendances = async (
  core: Pick<ServiceCore, 'app' | 'clock'>,
  scope: Scope,
  filter: AttendanceFilter,
  page: PageArguments,
): Promise<Connection<Attendance>> => {
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const { lo, hi } = scope;
  const today = shanghaiDate(new Date(core.clock.now()));
  const found = await inScope(core.app, scope, (tx) =>
    attendancesWhere(
      tx,
      `((source_place between $1 and $2) or (target_place between $1 and $2) or person_id = any($3::uuid[]))
       and (not $4::boolean or (done_on is null and ended_on is null))
       and (not $5::boolean or (not provisional and due_on < coalesce(done_on, ended_on, $6::date)))
       and ($7::text is null or basis = $7)
       and ($8::timestamptz is null or (reported_at, attendance_id) > ($8::timestamptz, $9::uuid))
       order by reported_at, attendance_id limit $10`,
      [
        ...[lo, hi, [...scope.persons], filter.open ?? false, filter.late ?? false, today],
        ...[filter.basis ?? null, after?.[0] ?? null, after?.[1] ?? null, size + 1],
      ],
    ),
  );
  return connectionOf(
    found,
    size,
    page.after,
    ({ reportedAt, id }) => [reportedAt, id],
    (attendance) => attendance,
  );
};
