import { shanghaiDate } from '#libs/law/dates.ts';
import { finding } from '#libs/law/finding.ts';
import { isAcrossProvinces } from '#libs/law/transfer/kinds.ts';
import type { PlanFacts } from '#libs/law/transfer/parties.ts';
import type { TransferPlaces } from '#libs/law/transfer/sides.ts';
import type { TransferStartFacts } from '#libs/law/transfer/start-facts.ts';
import { judgeTransferStart } from '#libs/law/transfer/transfer.ts';
import { factsBehind } from './facts-behind.ts';
import { awaitingConsent } from './grade-consent.ts';
import { judgeHandedPapers } from './handed-papers.ts';
import {
  appliedLater,
  type CaseFinding,
  classNotHere,
  decidedLater,
  gradeNotHere,
  notRegistered,
  schoolNotActive,
} from './own-finding.ts';
import type { Situated, Situation } from './situation.ts';
import { type Known, startFacts } from './start-facts.ts';
import { judgeTypedIn } from './typed-in.ts';

/** One thing at a time: what runs about the registration at its school is brought to its end first. */
const whileAnotherRuns = ({ registration, source, today }: Situation): CaseFinding[] =>
  registration?.caseRuns && source
    ? [
        finding('ENR-67', {
          code: 'CASE_ALREADY_RUNNING',
          outcome: 'REJECT',
          message: '该学生已有正在办理的学籍事项，须先办结或撤回。',
          messageEn: 'Another case about this registration is running.',
          remedy: '请转出学校先办结或撤回正在办理的事项；学生可以先入学就读。',
          ownerLevel: 'SCHOOL',
          on: today,
          place: source.place,
        }),
      ]
    : [];

/** What is not there, whatever the law says. */
const beyondLaw = (
  { request, holdsPlace }: Known,
  { registration, target, cohort, seats, today }: Situation,
): CaseFinding[] => {
  // From the start on a place is held: a class that is given up later refuses nobody.
  const lacksClass = !holdsPlace && Boolean(request.schoolClass) && seats?.schoolClass === null;
  return [
    ...(request.appliedOn > today ? [appliedLater] : []),
    ...((request.handling?.paperDecidedOn ?? today) > today ? [decidedLater] : []),
    ...(registration === null ? [notRegistered] : []),
    ...(cohort === undefined ? [gradeNotHere] : []),
    ...(lacksClass ? [classNotHere] : []),
    ...(target.school.state === 'ACTIVE' ? [] : [schoolNotActive]),
  ];
};

const handedFacts = ({ papers, request: { stage } }: Known, { source, target }: Situation) => ({
  ...{ papers, stage },
  acrossProvinces: source !== undefined && isAcrossProvinces({ source: source.place, target: target.place }),
});

/** What the law says of a start, each finding with the facts that it rests on. */
const byLaw = (known: Known, facts: TransferStartFacts, at: Date, places: TransferPlaces): CaseFinding[] =>
  awaitingConsent(known, judgeTransferStart(facts, at, places)).map((said) => {
    const restsOn = factsBehind(said, facts, shanghaiDate(at));
    return restsOn.length === 0 ? said : { ...said, restsOn };
  });

/** Every finding on a case as things stand, judged by the law of an instant: now, or when it was started. */
export const judgeCase = (known: Known, at: Date, situation: Situation): CaseFinding[] => {
  const facts = startFacts(known, at, situation);
  const { source, target } = situation;
  return [
    ...beyondLaw(known, situation),
    ...(facts && source ? byLaw(known, facts, at, { source: source.place, target: target.place }) : []),
    ...judgeTypedIn(known.request, situation),
    ...judgeHandedPapers(handedFacts(known, situation), situation.today, situation.target.place),
    ...whileAnotherRuns(situation),
  ];
};

const planSide = ({ school, place }: Situated) => ({
  place,
  school: school.code,
  authority: school.authority,
});

/**
 * The parties of a case in their order (TRF-02, TRF-04). `competent`: that of the receiving school now, or the one that the
 * case began with; null where the registry authority is the competent one too (TRF-25).
 */
export const planFactsOf = (
  { request }: Pick<Known, 'request'>,
  source: Situated,
  target: Situated,
  competent: Situated['competent'] = target.competent,
): PlanFacts => ({
  kind: request.kind,
  stage: request.stage,
  source: planSide(source),
  target: {
    ...planSide(target),
    ownership: target.school.ownership,
    competentAuthority: competent?.authority ?? target.school.authority,
  },
});
