import type { LawPlace } from '../layers.ts';
import type { TransferPlaces } from '../transfer/sides.ts';
import type { TransferStartFacts } from '../transfer/start-facts.ts';
import { judgeTransferStart } from '../transfer/transfer.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from './places.ts';
import {
  lawfulTransfer,
  receivingSchool,
  sendingSchool,
  transferPupil,
  withinProvinceTo,
} from './transfer.ts';

/** An instant of China. */
export const at = (text: string): Date => new Date(`${text}+08:00`);
/** A Monday in the first days of the autumn term. */
export const START = at('2026-09-07T09:00:00');
/** Judges a lawful start with what is changed in it. */
export const judge = (changes: Partial<TransferStartFacts>, places: TransferPlaces, instant: Date = START) =>
  judgeTransferStart(lawfulTransfer(changes), instant, places);
/** What is said of it, beside texts that are not at hand: side, rule, outcome and code. */
export const said = (...args: Parameters<typeof judge>) =>
  judge(...args)
    .filter(({ code }) => code !== 'LAYER_TEXT_UNKNOWN')
    .map(({ side, ruleId, outcome, code }) => `${side} ${ruleId} ${outcome} ${code}`);
export const IN_SHANXI = withinProvinceTo(SHANXI);
export const IN_BEIGUAN = withinProvinceTo(BEIGUAN);
export const IN_ELSEWHERE = withinProvinceTo(ELSEWHERE);
export const across = (source: LawPlace, target: LawPlace): TransferPlaces => ({ source, target });
export const ACROSS = { kind: 'CROSS_PROVINCE_TRANSFER' } as const;
export const SENIOR = { stage: 'SENIOR', grade: 2 } as const;
/** What is other of a pupil of the second year of a senior school. */
export const seniors = (changes: Partial<TransferStartFacts> = {}): Partial<TransferStartFacts> => ({
  pupil: transferPupil({ birthDate: '2009-05-06' }),
  source: sendingSchool(SENIOR),
  target: receivingSchool(SENIOR),
  ...changes,
});
