import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** How business is handled: in the system, on traditional media, or outside first during a fault (TRF-24). */
export type HandlingMode = 'DIGITAL' | 'TRADITIONAL' | 'OFFLINE_FIRST';

/** Digital is the norm; traditional handling states its special situation (ORG-18). The fault path is judged by TRF-24. */
export const judgeHandlingMode = (
  facts: { mode: HandlingMode; reason: string | null },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (facts.mode !== 'TRADITIONAL' || (facts.reason ?? '').trim() !== '') return [];
  return findingIfInForce('ORG-18', {
    message: '学籍管理以数字化方式为主，采用传统媒介方式须说明特殊情况。',
    messageEn: 'Digital handling is the norm; traditional handling states why.',
    path: ['reason'],
    remedy: '请改用系统办理，或补充原因。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
};
