import { v7 as uuidv7 } from 'uuid';
import { type CountingMarks, EnrollmentRegistered } from '#libs/contracts/events/enrollment.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
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

/** A registration that another registry hands over: approved long ago and in school. */
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
};

type Core = Pick<ServiceCore, 'worker' | 'clock' | 'wakeRelay'>;

const usualCapacity = 55;

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
 * Takes over registrations, up to a few hundred in one transaction; one event each tells their whole state. Who is
 * here already is left alone.
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
          entries.map(({ person, place }) => [person, place, 1]),
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
        'IN_SCHOOL',
        'PREVIOUS_RECORD_TRANSFER',
        true,
        JSON.stringify(entry.marks),
        '[]',
        entry.since,
        entry.since,
        'TAKEN_OVER',
        entry.since,
        false,
      ]),
    );
    await recordEvents(
      tx,
      at,
      rows.map(({ entry, enrollment }) =>
        recorded(EnrollmentRegistered, entry.person, 1, {
          person: entry.person,
          enrollment,
          school: entry.school,
          place: entry.place,
          province: entry.province,
          stage: entry.stage,
          entryYearAdj: entry.entryYearAdj,
          lastGrade: entry.lastGrade,
          status: 'IN_SCHOOL',
          channel: 'PREVIOUS_RECORD_TRANSFER',
          marks: entry.marks,
        }),
      ),
    );
  });
  core.wakeRelay();
};
