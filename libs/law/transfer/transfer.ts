import { shanghaiDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { judgeEra } from '../organization/policy-version.ts';
import { isAcrossProvinces } from './kinds.ts';
import { NATION, ofSide, type TransferFinding, type TransferPlaces } from './sides.ts';
import type { TransferStartFacts } from './start-facts.ts';
import {
  application,
  assessedGoingOn,
  filing,
  handling,
  kind,
  kindergarten,
  localTexts,
  papers,
  running,
  status,
  underAge,
} from './start-pupil-rules.ts';
import {
  acceptance,
  area,
  grade,
  gradeWindows,
  ground,
  privateSchool,
  seats,
  specialized,
  startWindows,
  vocational,
} from './start-school-rules.ts';
import type { StartRule, StartSituation } from './start-situation.ts';

/**
 * Judges the start of a case at an instant: every finding at once, in the order of texts, kind, pupil, application,
 * time, ground, place, grade and papers. Each side is judged by the law of its own place, what they share by national
 * law, and each finding says whose it is (ORG-27). An empty list, or one of WARN and RECORD alone, lets it start. There
 * is no fact about the kind of the number, about an old record having arrived, or about an open problem record (ID-06,
 * ENR-05, ENR-32). Who starts it is for `judgeTransferDecision`.
 */
export const judgeTransferStart = (
  facts: TransferStartFacts,
  at: Date,
  places: TransferPlaces,
): TransferFinding[] => {
  enforces('ID-06', 'ENR-05', 'ORG-27');
  const on = shanghaiDate(at);
  const tooEarly = judgeEra(on, NATION);
  if (tooEarly.length > 0) return ofSide('NATION', tooEarly);
  const situation: StartSituation = {
    facts,
    at,
    on,
    places,
    acrossProvinces: isAcrossProvinces(places),
  };
  return rulesOf(facts).flatMap((rule) => rule(situation));
};

/** What is asked about a kind of case; kindergartens know W-09 without the rules of schools. */
const rulesOf = ({ kind: chosen, source, target }: TransferStartFacts): readonly StartRule[] => {
  if (source.stage === 'PRESCHOOL' && target.stage === 'PRESCHOOL') {
    return [localTexts, kindergarten, kind, running, status];
  }
  const about = [localTexts, kind, running, status];
  if (chosen === 'CROSS_PROVINCE_STUDY') return [...about, assessedGoingOn, startWindows, grade, underAge];
  const isVocational = chosen === 'ORDINARY_VOCATIONAL_TRANSFER';
  return [
    ...about,
    ...[application, startWindows, acceptance, gradeWindows],
    ...(isVocational ? [vocational] : [ground, area]),
    ...[privateSchool, seats, grade, specialized, underAge, papers, filing, handling],
  ];
};
