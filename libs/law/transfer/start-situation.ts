import type { IsoDate } from '../dates.ts';
import type { Finding, LawPlace } from '../finding.ts';
import { ofBothSides, type TransferFinding, type TransferPlaces } from './sides.ts';
import type { TransferSchool, TransferStartFacts } from './start-facts.ts';

/** A start that is judged: what is known, when, and where the two schools stand. */
export type StartSituation = {
  facts: TransferStartFacts;
  at: Date;
  /** The day of the start in Asia/Shanghai. */
  on: IsoDate;
  places: TransferPlaces;
  acrossProvinces: boolean;
};

/** One point of the judgement, with whose law each finding is. */
export type StartRule = (situation: StartSituation) => TransferFinding[];

/** A point on which each side's own law speaks about its own school. */
export const eachSide = (
  { facts, places }: StartSituation,
  judge: (school: TransferSchool, place: LawPlace) => Finding[],
): TransferFinding[] => ofBothSides(judge(facts.source, places.source), judge(facts.target, places.target));
