import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  EnrollmentApproved,
  EnrollmentHandedOver,
  EnrollmentRegistered,
  EnrollmentRejected,
  EnrollmentResubmitted,
} from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import { enrollmentStatusEvents } from '#libs/contracts/events/enrollment-status.ts';
import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/** A registration as schools are decided about. */
type Kept = {
  enrollment: string;
  school: string;
  stage: Stage;
  entryYearAdj: number;
  lastGrade: number;
  frozenAt: string | null;
  status: EnrollmentStatus;
  /** False once it has ended for good: it goes on nowhere, the school keeps its archive. */
  active: boolean;
  /** The merger by which it came to the school. */
  movedBy: string | null;
};

/** What an event says of a registration: all of it, a part of it, or that there is none. */
type Said = { enrollment: string; whole?: Kept; part?: Partial<Kept>; gone?: true };

const statusOnly = [EnrollmentApproved, EnrollmentRejected] as const;

type Begun = Pick<Kept, 'enrollment' | 'school' | 'stage' | 'entryYearAdj' | 'lastGrade' | 'status'> & {
  frozenAt?: string | null;
};

const begun = ({ enrollment, school, stage, entryYearAdj, lastGrade, status, frozenAt }: Begun): Said => ({
  enrollment,
  whole: {
    ...{ enrollment, school, stage, entryYearAdj, lastGrade, status },
    ...{ frozenAt: frozenAt ?? null, active: true, movedBy: null },
  },
});

const endedFor = (status: EnrollmentStatus): boolean =>
  status === 'CANCELLED' || status === 'ADMISSION_CANCELLED';

const handedOver = (event: Envelope): Said[] => {
  const { from, ...there } = readEvent(EnrollmentHandedOver, event);
  const left =
    there.reason === 'GOING_ON'
      ? [{ enrollment: from.enrollment, part: { status: 'GRADUATED' as const, active: false } }]
      : [];
  return [...left, begun(there)];
};

/** What a run of events says of registrations, in its order. */
const readRegistration = (event: Envelope): Said[] => {
  const { type } = event;
  if (type === EnrollmentRegistered.type) return [begun(readEvent(EnrollmentRegistered, event))];
  if (type === EnrollmentHandedOver.type) return handedOver(event);
  if (type === EnrollmentRejected.type && readEvent(EnrollmentRejected, event).final)
    return [{ enrollment: readEvent(EnrollmentRejected, event).enrollment, gone: true }];
  const decided = statusOnly.find((kind) => kind.type === type);
  if (decided !== undefined) {
    const { enrollment, status } = readEvent(decided, event);
    return [{ enrollment, part: { status } }];
  }
  if (type === EnrollmentResubmitted.type) {
    const { enrollment, status, corrected } = readEvent(EnrollmentResubmitted, event);
    const { marks: _, ...position } = corrected ?? { marks: null };
    return [{ enrollment, part: { status, ...position } }];
  }
  const changed = enrollmentStatusEvents.find((kind) => kind.type === type);
  if (changed !== undefined) {
    const { enrollment, status, position } = readEvent(changed, event);
    return [{ enrollment, part: { status, active: !endedFor(status), ...position } }];
  }
  if (type !== EnrollmentMoved.type) return [];
  const { enrollment, school, status, position, merger } = readEvent(EnrollmentMoved, event);
  return [{ enrollment, part: { school, status, movedBy: merger, ...position } }];
};

type Row = {
  enrollment: string;
  school: string;
  stage: Stage;
  entry_year_adj: number;
  last_grade: number;
  frozen_at: Date | null;
  status: EnrollmentStatus;
  active: boolean;
  moved_by: string | null;
};

const keptOf = (row: Row): Kept => ({
  enrollment: row.enrollment,
  school: row.school,
  stage: row.stage,
  entryYearAdj: row.entry_year_adj,
  lastGrade: row.last_grade,
  frozenAt: row.frozen_at && new Date(row.frozen_at).toISOString(),
  status: row.status,
  active: row.active,
  movedBy: row.moved_by,
});

const load = async (tx: Tx, enrollments: readonly string[]): Promise<Map<string, Kept | null>> => {
  const rows = await query<Row>(tx, 'select * from school_registration where enrollment = any($1::uuid[])', [
    enrollments,
  ]);
  return new Map(rows.map((row) => [row.enrollment, keptOf(row)]));
};

const columns: Columns = [
  ['enrollment', 'uuid'],
  ['school', 'text'],
  ['stage', 'text'],
  ['entry_year_adj', 'int'],
  ['last_grade', 'int'],
  ['frozen_at', 'timestamptz'],
  ['status', 'text'],
  ['active', 'boolean'],
  ['moved_by', 'uuid'],
];

const overwrite = columns
  .slice(1)
  .map(([name]) => `${name} = excluded.${name}`)
  .join(', ');

const apply = async (tx: Tx, events: readonly Envelope[]): Promise<void> => {
  const said = events.flatMap(readRegistration);
  const kept = await load(tx, [...new Set(said.map(({ enrollment }) => enrollment))]);
  for (const { enrollment, whole, part, gone } of said) {
    const known = kept.get(enrollment);
    if (gone) kept.set(enrollment, null);
    else if (whole) kept.set(enrollment, whole);
    else if (known && part) kept.set(enrollment, { ...known, ...part });
  }
  await insertRows(
    tx,
    'school_registration',
    columns,
    [...kept.values()].flatMap((each) =>
      each === null
        ? []
        : [
            [
              each.enrollment,
              each.school,
              each.stage,
              each.entryYearAdj,
              each.lastGrade,
              each.frozenAt,
              each.status,
              each.active,
              each.movedBy,
            ],
          ],
    ),
    `on conflict (enrollment) do update set ${overwrite}`,
  );
  const gone = [...kept].flatMap(([enrollment, each]) => (each === null ? [enrollment] : []));
  if (gone.length > 0)
    await execute(tx, 'delete from school_registration where enrollment = any($1::uuid[])', [gone]);
};

/** Which schools have pupils in which grades, and so archives: what is asked before a school ends (ARC-14, ENR-69). */
export const schoolRegistrations: Projection = {
  name: 'organization-school-registrations',
  sources: ['enrollment'],
  types: [
    EnrollmentRegistered.type,
    EnrollmentApproved.type,
    EnrollmentRejected.type,
    EnrollmentResubmitted.type,
    EnrollmentHandedOver.type,
    EnrollmentMoved.type,
    ...enrollmentStatusEvents.map(({ type }) => type),
  ],
  tables: ['school_registration'],
  apply,
};
