import type { IsoDate } from '../dates.ts';
import type { Finding } from '../finding.ts';
import type { LawPlace, Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';

/**
 * What a clerk must know where the nation leaves a matter to the province: LAYER_TEXT_UNKNOWN where its text is in
 * force but not at hand, POLICY_NOT_IN_FORCE where it lapsed. Every parameter that a province may set carries the
 * same warnings; this one always has a value.
 */
export const localTextWarnings = (on: IsoDate, place: LawPlace, stage?: Stage): Finding[] =>
  resolve('promptly', place, on, stage ? { stage } : {}).warnings;
