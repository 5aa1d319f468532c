import { StudentSuspended } from '#libs/contracts/events/enrollment-status.ts';
import { startOfDay } from '#libs/law/dates.ts';
import {
  judgeSuspension,
  judgeSuspensionEffect,
  suspensionConfirmationDue,
  suspensionDecisionDue,
} from '#libs/law/enrollment/suspension.ts';
import { judgeLateRenewal } from '#libs/law/enrollment/suspension-overrun.ts';
import type { SuspensionProofKind } from '#libs/law/enrollment/suspension-papers.ts';
import type { Finding } from '#libs/law/finding.ts';
import { termOn } from '#libs/law/organization/term-calendar.ts';
import type { Paper } from '../evidence.ts';
import type { CasePlan } from '../plan.ts';
import { hasApplication, proofsAmong } from '../proofs.ts';
import type { Situation } from '../situation.ts';
import { ResumptionFacts } from './resumption-facts.ts';
import { judgeMove } from './status.ts';
import { SuspensionFacts } from './suspension-facts.ts';

const kinds: readonly SuspensionProofKind[] = [
  'HOSPITAL_RECORD',
  'INPATIENT_RECORD',
  'DIAGNOSIS_CERTIFICATE',
  'OTHER_VALID_PROOF',
  'PUBLIC_SECURITY_PROOF',
  'CIVIL_AFFAIRS_PROOF',
  'OTHER_DEPARTMENT_PROOF',
  'LEAVE_FORM',
];

/**
 * The suspensions of the running registration that took effect, each to the day on which the pupil was really back.
 * A registration is of one stage: those of another stage are another registration's.
 */
export const suspensionsOf = ({ cases, registration }: Situation): { from: string; to: string }[] => {
  const own = cases.filter((each) => each.enrollment === registration.enrollment && each.state === 'DONE');
  return own
    .filter(({ kind }) => kind === 'SUSPENSION')
    .map(({ facts, endedAt }) => {
      const { from, to } = SuspensionFacts.parse(facts);
      const back = own.find((each) => each.kind === 'RESUMPTION' && (each.endedAt ?? '') > (endedAt ?? ''));
      const { returnedOn = to } = back ? ResumptionFacts.parse(back.facts) : {};
      return { from, to: returnedOn < to ? returnedOn : to };
    });
};

/** The spring term decides about graduation; a day in the winter vacation counts to it (ours, as the law has it). */
const termOfDay = (on: string, { terms }: Situation): 1 | 2 => {
  const term = termOn(terms, on);
  if (term !== undefined) return term.season === 'AUTUMN' ? 1 : 2;
  const month = Number(on.slice(5, 7));
  return month >= 1 && month <= 7 ? 2 : 1;
};

/** A disease that needs isolation: the school itself may bring it (ENR-42). */
const isBroughtBySchool = ({ ground }: SuspensionFacts, papers: readonly Paper[]): boolean =>
  ground === 'INFECTIOUS_DISEASE' && !hasApplication(papers);

/** A renewal is asked for before the end, or within the month after it (ENR-50, CF-48). */
const renewalInTime = ({ registration, today, policyOn, lawPlace, calendar }: Situation): Finding[] =>
  registration.suspendedUntil === null
    ? []
    : judgeLateRenewal(
        { stage: registration.stage, endsOn: registration.suspendedUntil, today },
        policyOn,
        lawPlace,
        calendar,
      );

/** Suspension, and its renewal as a new application (W-13): guardian, school, superior authority. */
export const suspension: CasePlan<SuspensionFacts> & { facts: typeof SuspensionFacts } = {
  kind: 'SUSPENSION',
  facts: SuspensionFacts,
  parties: () => ['SCHOOL', 'AUTHORITY'],
  judge: (facts, situation) => {
    const { registration, school, lawPlace, policyOn, evidence, grade } = situation;
    return [
      ...(registration.status === 'SUSPENDED' ? renewalInTime(situation) : judgeMove('SUSPEND', situation)),
      ...judgeSuspension(
        {
          stage: registration.stage,
          ground: facts.ground,
          reasonGiven: facts.reasonGiven,
          ...(facts.missedHours != null && facts.termHours != null
            ? { hours: { missed: facts.missedHours, term: facts.termHours } }
            : {}),
          ...(facts.leaveKind ? { leaveKind: facts.leaveKind } : {}),
          stillUnable: facts.stillUnable ?? false,
          specialSchool: school.kind === 'SPECIAL_EDUCATION',
          initiator: isBroughtBySchool(facts, evidence) ? 'SCHOOL' : 'GUARDIAN',
          writtenApplication: hasApplication(evidence),
          proofs: proofsAmong(evidence, kinds),
          period: { from: facts.from, to: facts.to },
          earlier: suspensionsOf(situation),
          graduatingGrade: grade === registration.lastGrade,
          term: termOfDay(facts.from, situation),
        },
        policyOn,
        lawPlace,
      ),
    ];
  },
  judgeEnd: (approved, facts, { registration, lawPlace, policyOn, evidence }) =>
    judgeSuspensionEffect(
      {
        stage: registration.stage,
        ground: facts.ground,
        initiator: isBroughtBySchool(facts, evidence) ? 'SCHOOL' : 'GUARDIAN',
        schoolConfirmed: approved.includes('SCHOOL'),
        authority: approved.includes('AUTHORITY') ? 'APPROVED' : 'NOTHING',
        competentAuthorityApproved: approved.includes('AUTHORITY'),
      },
      policyOn,
      lawPlace,
    ),
  due: (party, from, _, { lawPlace, calendar }) =>
    (party === 'SCHOOL' ? suspensionConfirmationDue : suspensionDecisionDue)(from, lawPlace, calendar),
  effect: (facts, { registration }) => ({
    event: StudentSuspended,
    status: 'SUSPENDED',
    frozenAt: registration.frozenAt ?? startOfDay(facts.from).toISOString(),
    suspendedUntil: facts.to,
  }),
};
