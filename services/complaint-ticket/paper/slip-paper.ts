import type { Gender } from '#libs/contracts/vocabulary.ts';
import type { SlipKind } from '#libs/law/ticket/slip.ts';

/** Somebody on a slip as its form asks; null leaves a place empty. Age in full years on the day of the slip. */
export type PersonOnPaper = {
  name: string | null;
  gender: Gender | null;
  age: number | null;
  ethnicGroup: string | null;
  idDocumentNumber: string | null;
};

/** A verification or supervision slip as its form shows it (forms F7, F8). Days as `yyyy-mm-dd`. */
export type SlipPaper = {
  kind: SlipKind;
  /** Null where the reader may not learn who reported (TKT-16). */
  reporter: (PersonOnPaper & { phone: string | null }) | null;
  student: (PersonOnPaper & { studentNumber: string | null }) | null;
  matter: string;
  issuingUnit: string;
  responsiblePerson: string | null;
  responsiblePhone: string | null;
  addressedUnit: string;
  handler: string | null;
  handlerPhone: string | null;
  issuedOn: string;
  dueOn: string | null;
  /** Of a supervision slip alone. */
  handlingOpinion: string | null;
  /** What was found, or what was done. */
  answer: string | null;
};

type Contact = { name: string; unit: string; phone: string };

/** A report of a province to the ministry as its form shows it (form F6). Times as `yyyy-mm-dd`. */
export type ReportPaper = {
  province: string;
  /** The name of the authority whose seal it bears; null while it is a draft (TKT-05). */
  sealedBy: string | null;
  businessContact: Contact | null;
  technicalContact: Contact | null;
  reportedOn: string | null;
  items: readonly string[];
  acceptor: string | null;
  acceptingUnit: string | null;
  acceptedOn: string | null;
  ministryOpinion: string | null;
  /** Where the copy goes, as configured. */
  mailboxes: readonly string[];
  /** Day of the document itself. */
  day: string;
};
