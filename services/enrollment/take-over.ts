import { v7 as uuidv7 } from 'uuid';
import { type CountingMarks, EnrollmentRegistered } from '#libs/contracts/events/enrollment.ts';
import { StudentSuspended } from '#libs/contracts/events/enrollment-status.ts';
import { addMonths, startOfDay } from '#libs/law/dates.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** A class that another registry hands over. */
export type ClassTakenOver = {
  id: string;
  school: string;
  place: number;
  stage: string;
  entryYearAdj: number;
  name: string;
  size: number;
  /** Subject of its class teacher's login. */
  teacher?: string;
};

/** A registration that another registry hands over: approved long ago, in school or suspended. */
export type EnrollmentTakenOver = {
  person: string;
  school: string;
  place: number;
  province: string;
  stage: 'PRESCHOOL' | 'PRIMARY' | 'JUNIOR' | 'SENIOR';
  entryYearAdj: number;
  lastGrade: number;
  schoolClass: string;
  marks: CountingMarks;
  since: string;
  /** Day from which the pupil is suspended, for a year. */
  suspendedFrom?: string;
};

type Core = Pick<ServiceCore, 'worker' | 'clock' | 'wakeRelay'>;

const usualCapacity = 55;

const statusOf = ({ suspendedFrom }: EnrollmentTakenOver) =>
  suspendedFrom === undefined ? 'IN_SCHOOL' : 'SUSPENDED';

const frozenAt = ({ suspendedFrom }: EnrollmentTakenOver): string | null =>
  suspendedFrom === undefined ? null : startOfDay(suspendedFrom).toISOString();

/** What is told of a registration that was taken over: that it is there, and its suspension where there is one. */
const eventsOf = (entry: EnrollmentTakenOver, enrollment: string): Recorded[] => {
  const { person, school, place, province, stage, entryYearAdj, lastGrade, marks } = entry;
  const where = { person, enrollment, school, place, province };
  const registered = recorded(EnrollmentRegistered, person, 1, {
    ...where,
    ...{ stage, entryYearAdj, lastGrade, marks, status: 'IN_SCHOOL', channel: 'PREVIOUS_RECORD_TRANSFER' },
  });
  if (entry.suspendedFrom === undefined) return [registered];
  const position = { stage, entryYearAdj, lastGrade, frozenAt: frozenAt(entry) };
  return [
    registered,
    recorded(StudentSuspended, person, 2, { ...where, status: statusOf(entry), position, case: null }),
  ];
};

export const takeOverClasses = async (core: Core, classes: readonly ClassTakenOver[]): Promise<void> => {
  const led = classes.flatMap(({ id, place, teacher }) =>
    teacher === undefined ? [] : [[id, teacher, place]],
  );
  await asWorker(core.worker, async (tx) => {
    await insertRows(
      tx,
      'school_class',
      [
        ['class_id', 'uuid'],
        ['school', 'text'],
        ['place', 'bigint'],
        ['stage', 'text'],
        ['entry_year_adj', 'int'],
        ['name', 'text'],
        ['capacity', 'int'],
        ['size', 'int'],
        ['version', 'int'],
      ],
      classes.map((each) => [
        each.id,
        each.school,
        each.place,
        each.stage,
        each.entryYearAdj,
        each.name,
        Math.max(usualCapacity, each.size),
        each.size,
        1,
      ]),
      'on conflict do nothing',
    );
    await insertRows(
      tx,
      'class_teacher',
      [
        ['class_id', 'uuid'],
        ['subject', 'text'],
        ['place', 'bigint'],
        ['since', 'timestamptz'],
        ['assigned_by', 'text'],
      ],
      led.map((row) => [...row, core.clock.now(), 'SYSTEM']),
      'on conflict do nothing',
    );
  });
};

/**
 * Takes over registrations, up to a few hundred in one transaction, and tells of each what it is. Who is here already is
 * left alone.
 */
export const takeOverEnrollments = async (
  core: Core,
  entries: readonly EnrollmentTakenOver[],
): Promise<void> => {
  const at = core.clock.now();
  await asWorker(core.worker, async (tx) => {
    const fresh = new Set(
      (
        await insertRows<{ person_id: string }>(
          tx,
          'pupil',
          [
            ['person_id', 'uuid'],
            ['place', 'bigint'],
            ['version', 'int'],
          ],
          entries.map((entry) => [entry.person, entry.place, eventsOf(entry, '').length]),
          'on conflict do nothing returning person_id',
        )
      ).map((row) => row.person_id),
    );
    const rows = entries
      .filter(({ person }) => fresh.has(person))
      .map((entry) => ({ entry, enrollment: uuidv7() }));
    await insertRows(
      tx,
      'enrollment',
      [
        ['person_id', 'uuid'],
        ['enrollment_id', 'uuid'],
        ['school', 'text'],
        ['place', 'bigint'],
        ['province', 'text'],
        ['stage', 'text'],
        ['entry_year_adj', 'int'],
        ['last_grade', 'int'],
        ['class_id', 'uuid'],
        ['status', 'text'],
        ['channel', 'text'],
        ['active', 'boolean'],
        ['marks', 'jsonb'],
        ['held', 'jsonb'],
        ['registered_at', 'timestamptz'],
        ['decided_at', 'timestamptz'],
        ['decided_by', 'text'],
        ['due_on', 'date'],
        ['due_provisional', 'boolean'],
        ['frozen_at', 'timestamptz'],
        ['suspended_until', 'date'],
      ],
      rows.map(({ entry, enrollment }) => [
        entry.person,
        enrollment,
        entry.school,
        entry.place,
        entry.province,
        entry.stage,
        entry.entryYearAdj,
        entry.lastGrade,
        entry.schoolClass,
        statusOf(entry),
        'PREVIOUS_RECORD_TRANSFER',
        true,
        JSON.stringify(entry.marks),
        '[]',
        entry.since,
        entry.since,
        'TAKEN_OVER',
        entry.since,
        false,
        frozenAt(entry),
        entry.suspendedFrom === undefined ? null : addMonths(entry.suspendedFrom, 12),
      ]),
    );
    await recordEvents(
      tx,
      at,
      rows.flatMap(({ entry, enrollment }) => eventsOf(entry, enrollment)),
    );
  });
  core.wakeRelay();
};
