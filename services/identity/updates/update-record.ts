import type { InfoUpdateState } from '#libs/contracts/events/information.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Proposer } from '#libs/law/identity/information-proposal.ts';
import type { CaseCourse, CaseState, Party, Step } from '#libs/law/procedure/course.ts';
import type { PaperKind } from './paper-kinds.ts';
import type { Items } from './proposal.ts';

/** A paper as it is kept: `file` is null while no copy of it is on file. */
export type KeptPaper = {
  kind: PaperKind;
  upload: string | null;
  file: string | null;
  mediaType: string | null;
  addedAt: string;
};

/** A change of information as it is kept, with its steps in order. */
export type UpdateRecord = {
  person: string;
  id: string;
  school: string;
  place: number;
  province: string;
  channel: 'MOBILE' | 'SCHOOL';
  items: Items;
  parties: readonly Party[];
  state: InfoUpdateState;
  findings: readonly Finding[];
  policyOn: string;
  proposedBy: string;
  proposedAs: Proposer;
  assessed: boolean;
  openedAt: string;
  endedAt: string | null;
  version: number;
  steps: readonly Step[];
  papers: readonly KeptPaper[];
};

/** Context under which proposed values are sealed, and what was there before. */
export const updateContext = (id: string): string => `information-update:${id}`;

/** The course of a change as the machine of steps sees it. */
export const courseOf = ({ state, parties, steps }: UpdateRecord): CaseCourse => ({
  state: ended[state],
  parties,
  steps,
});

const ended: Readonly<Record<InfoUpdateState, CaseState>> = {
  SCHOOL_REVIEW: 'RUNNING',
  AUTHORITY_REVIEW: 'RUNNING',
  APPLIED: 'DONE',
  REJECTED: 'REFUSED',
  WITHDRAWN: 'WITHDRAWN',
};
