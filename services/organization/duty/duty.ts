import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import { seasonOfTerm, type Term } from '#libs/law/organization/term-calendar.ts';
import type { Registrar } from '../registrar/registrar.ts';

export type DutyKind = 'COUNTY_CHECK' | 'DIRECT_SCHOOL_NOTICE';

/** A term of a school year: 1 in autumn, 2 in spring. */
export type TermOfYear = { schoolYear: number; term: 1 | 2 };

/** The same in the words of the law. */
export const lawTermOf = ({ schoolYear, term }: TermOfYear): Pick<Term, 'schoolYear' | 'season'> => ({
  schoolYear,
  season: seasonOfTerm(term),
});

/** Pupils who came by a transfer and who left by one. */
export type Transfers = { transferredIn: number; transferredOut: number };

/** A duty as it was done: a county's check, or a school's notice to the county where it lies. */
export type DutyDone = TermOfYear & {
  kind: DutyKind;
  /** Code of the county that checks or of the school that tells. */
  owner: string;
  /** The county that checks or is told. */
  county: string;
  province: string;
  place: number;
  /** Place of the county that is told; null for a check. */
  toldPlace: number | null;
  note: string;
  transferredIn: number | null;
  transferredOut: number | null;
  /** The term as it stood when it was done, both days included. */
  opensOn: IsoDate;
  closesOn: IsoDate;
  doneAt: Date;
  /** Subject of the login. */
  doneBy: string;
};

/** A duty of a term, done or not. */
export type TermDuty = {
  kind: DutyKind;
  owner: string;
  county: string;
  place: number;
  /** The term by the calendar nearest to the county or school; null where nobody has entered it. */
  term: Term | null;
  done: DutyDone | null;
  /** Who did it, where the registrar's record lies in the reader's range. */
  doneBy: Registrar | null;
  /** Transfers of the term on record here; null for a county and where the term is not known. */
  onRecord: Transfers | null;
  findings: Finding[];
};

/** Whether the law calls the duty missing; a calendar that is missing says nothing of it. */
export const isMissing = ({ findings }: TermDuty): boolean =>
  findings.some(({ ruleId }) => ruleId === 'ORG-05' || ruleId === 'ORG-12');
