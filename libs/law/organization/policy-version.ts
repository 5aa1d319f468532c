import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { inForceOn, LAYERS, type LawText, PRECEDENCE, reaches, type Stage } from '../layers.ts';

/**
 * A new decision rests on a text in force at the place that day (ORG-25): not on one that has ended, has not begun, or
 * belongs to another place. A running case keeps the text under which it began and is not judged here.
 */
export const judgePolicyVersion = (
  layer: LawText,
  on: IsoDate,
  place: LawPlace,
  stage?: Stage,
): Finding[] => {
  if (inForceOn(layer, on) && reaches(layer, place, stage)) return [];
  return [
    finding('ORG-25', {
      message: `${LAYERS[layer].document}当日在本地不适用，不能据以作出新的决定。`,
      messageEn: `The ${LAYERS[layer].documentEn} do not apply here on that day; no new decision rests on them.`,
      remedy: '请按当日有效的规定办理。',
      ownerLevel: 'PROVINCE',
      on,
      place,
    }),
  ];
};

/** Before the first text came into force nothing can be decided under any (ORG-25). */
export const judgeEra = (on: IsoDate, place: LawPlace): Finding[] => {
  const { from } = LAYERS.N13;
  if (!from || from <= on) return [];
  return [
    finding('ORG-25', {
      message: '该日期早于现行学籍管理规定的施行日，不能据以作出决定。',
      messageEn: 'The day lies before the first registration measure came into force.',
      remedy: '请核对业务日期。',
      on,
      place,
    }),
  ];
};

/** The texts that bind at a place on a day, the highest first; a lower one yields to every one before it (ORG-26). */
export const textsInForce = (place: LawPlace, on: IsoDate, stage?: Stage): LawText[] => {
  enforces('ORG-26');
  return PRECEDENCE.filter((layer) => inForceOn(layer, on) && reaches(layer, place, stage));
};
