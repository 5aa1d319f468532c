import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';

/** Studies at a stage, as enrollment tells of them: one row for each registration of a person. */
export type Study = {
  person: string;
  enrollment: string;
  school: string;
  place: number;
  province: string;
  stage: Stage;
  status: EnrollmentStatus;
  /** The year in whose autumn the student would have been in grade one of the stage. */
  entryYearAdj: number;
  lastGrade: number;
  frozenAt: string | null;
  startedOn: string;
  /** From when the student has been at this school; null where the record begins later than the studies. */
  joinedOn: string | null;
  /** The day on which studies ended; null while they go on. */
  endedOn: string | null;
};
