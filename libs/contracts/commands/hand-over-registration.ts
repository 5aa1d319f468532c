import { z } from 'zod';
import { Day, Instant, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { EnrollmentStatus, Stage, TransferKind } from '../vocabulary.ts';

/** A grade of a school, by the year in which its pupils began. */
const Cohort = z.object({ school: SchoolCode, stage: Stage, entryYearAdj: z.int() });

/** Pupils of a grade or class, places held there for others than the one asked about, and how many it may have. */
export const SeatCount = z.object({
  enrolled: z.int(),
  reserved: z.int(),
  /** Null while the grade has no class: no size is prescribed yet. */
  capacity: z.int().nullable(),
});
export type SeatCount = z.infer<typeof SeatCount>;

/** The registration that counts for a person, with the version in which it was read. */
export const RegistrationFact = Cohort.extend({
  enrollment: Uuid,
  version: z.int(),
  place: Place,
  province: UnitCode,
  status: EnrollmentStatus,
  lastGrade: z.int(),
  /** Instant at which the pupil's grade stands still; null while it goes on. */
  frozenAt: Instant.nullable(),
  /** The pupil is marked as disabled (F1). */
  disabled: z.boolean(),
  /** The last assessment on record of a disabled graduate's going on (ENR-24). */
  goingOn: z.object({ assessedOn: Day, supports: z.boolean() }).nullable(),
  /** A case of enrollment about the person runs. */
  caseRuns: z.boolean(),
});
export type RegistrationFact = z.infer<typeof RegistrationFact>;

const timeout = 5_000;

/** Which registration counts for a person now. */
export const readRegistration = {
  subject: 'enrollment.read-registration',
  timeout,
  request: z.object({ person: Uuid }),
  reply: z.object({ registration: RegistrationFact.nullable() }),
};

/**
 * A place for one matter. `follows`: the matter of the same pupil that held one before, which this place stands for while it
 * is held or taken, so that one pupil is counted once.
 */
const Wanted = Cohort.extend({
  transfer: Uuid,
  schoolClass: Uuid.nullable(),
  follows: Uuid.nullish(),
});

/** Pupils and places of a grade, and where one is named of a class, as `holdPlace` would count them; nothing is held. */
export const countPlaces = {
  subject: 'enrollment.count-places',
  timeout,
  request: Wanted,
  reply: z.object({ grade: SeatCount, schoolClass: SeatCount.nullable() }),
};

/**
 * Holds a place in a grade, and where one is named in a class, for one case (TRF-09): never more than are free. Asked
 * again it holds the place that is named now, and the former one no longer.
 */
export const holdPlace = {
  subject: 'enrollment.hold-place',
  timeout,
  request: Wanted,
  reply: z.object({ held: z.boolean(), grade: SeatCount, schoolClass: SeatCount.nullable() }),
};

/** Gives a held place back; nothing where none is held. */
export const releasePlace = {
  subject: 'enrollment.release-place',
  timeout,
  request: z.object({ transfer: Uuid }),
  reply: z.object({ released: z.boolean() }),
};

/**
 * Moves a registration to another school in one transaction (TRF-01): same person, same registration, same number. It is
 * done once for each case, only for the registration as the case has seen it, only while the archive says what it said, and
 * only into the place that is held for it; a graduate takes no held place, the school's plan has one (ENR-25).
 */
export const moveRegistration = {
  subject: 'enrollment.move-registration',
  timeout: 10_000,
  request: z.object({
    transfer: Uuid,
    person: Uuid,
    enrollment: Uuid,
    /** Version in which the case has last judged the registration. */
    expectedVersion: z.int(),
    into: Cohort.extend({ lastGrade: z.int() }),
    /** Of a study the graduate goes on at the next stage's school; everybody else stays in the stage. */
    kind: TransferKind,
    /** When the pupil reported there; null within a province, where nothing is called up. */
    reportedOn: Day.nullable(),
    /**
     * Version of what the archive holds of the pupil, as the case has last judged it; null: it stands against the move, which
     * is only looked up.
     */
    archiveVersion: z.int().nullable(),
    /** The instant as of which `into` names the grade: there that of somebody who is away goes on standing still (TRF-21). */
    gradeAsOf: Instant,
  }),
  /**
   * `CHANGED`: the registration or the archive is not as it was seen, another case runs, or the school is not active; `NO_PLACE`: none is
   * held. Nothing has moved then.
   */
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('MOVED'), movedAt: Instant }),
    z.object({ outcome: z.literal('CHANGED'), registration: RegistrationFact.nullable() }),
    z.object({ outcome: z.literal('NO_PLACE') }),
  ]),
};
