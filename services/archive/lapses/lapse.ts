import { addDays } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Archive } from '../archives/archive.ts';

/** A finding of an archive, what it is about (a term's opening, a hand-over, a matter), and its last day; null where it has none. */
export type Judged = { finding: Finding; about: string; dueOn: string | null };

/** What a finding about the receiving side begins with. */
export const ACCEPTANCE = 'ACCEPTANCE';

/** Findings about one thing. */
export const judgedAbout = (about: string, dueOn: string | null, findings: readonly Finding[]): Judged[] =>
  findings.map((finding) => ({ finding, about, dueOn }));

/** What was not done in its time or lacks, as it stands on record: once for each rule and what it is about. */
export type Lapse = {
  id: string;
  person: string;
  rule: string;
  about: string;
  code: string;
  /** Whose it is: the school or unit, and where it stands. */
  unit: string;
  place: number;
  dueOn: string | null;
  recordedAt: string;
};

/** An archive of which nothing comes due is looked at again after so many days. */
const mostDays = 30;
/** One that is on its way sooner. */
const mostDaysOnItsWay = 5;

/** The day on which an archive is looked at again: after the next thing that comes due, a month later at most. */
export const nextLook = ({ openedOn, dueOn, handOver }: Archive, today: string): string => {
  const due = [
    ...(openedOn === null && dueOn !== null ? [dueOn] : []),
    ...(handOver === null ? [] : [handOver.dueOn]),
  ].map((day) => addDays(day, 1));
  return (
    [
      ...due.filter((day) => day > today),
      addDays(today, handOver?.passedOnOn ? mostDaysOnItsWay : mostDays),
    ].toSorted()[0] ?? addDays(today, 1)
  );
};
