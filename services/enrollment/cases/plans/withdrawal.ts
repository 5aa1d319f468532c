import { z } from 'zod';
import { StudentWithdrawn } from '#libs/contracts/events/enrollment-status.ts';
import { Day } from '#libs/contracts/ids.ts';
import { startOfDay } from '#libs/law/dates.ts';
import {
  judgeWithdrawal,
  judgeWithdrawalMark,
  judgeWithdrawalMarkTime,
  withdrawalMarkDue,
} from '#libs/law/enrollment/withdrawal.ts';
import type { WithdrawalGround, WithdrawalProofKind } from '#libs/law/enrollment/withdrawal-grounds.ts';
import { type Term, termOn } from '#libs/law/organization/term-calendar.ts';
import { contactsSince } from '../../marks/contact.ts';
import { overrunContacts } from '../../marks/overrun.ts';
import type { CasePlan } from '../plan.ts';
import { hasApplication, proofsAmong } from '../proofs.ts';
import type { Situation } from '../situation.ts';
import { judgeMove } from './status.ts';
import { suspensionsOf } from './suspension.ts';
import { SuspensionFacts } from './suspension-facts.ts';

const Absence = z.object({ from: Day, to: Day });

export const WithdrawalFacts = z.object({
  ground: z.enum([
    'LONG_ABSENCE',
    'SUSPENSION_EXPIRED',
    'SUSPENSION_OVER_TWO_YEARS',
    'SERIOUS_ILLNESS_OR_ACCIDENT',
    'GUARDIAN_REQUEST',
  ]),
  formalitiesOn: Day,
  absences: z.array(Absence).max(200).nullish(),
  helpInVain: z.boolean().nullish(),
  unfitReasonGiven: z.boolean().nullish(),
});
export type WithdrawalFacts = z.infer<typeof WithdrawalFacts>;

const kinds: readonly WithdrawalProofKind[] = [
  'HOSPITAL_RECORD',
  'INPATIENT_RECORD',
  'DIAGNOSIS_CERTIFICATE',
  'PUBLIC_SECURITY_PROOF',
  'OTHER_DEPARTMENT_PROOF',
];

/** The term that an absence is counted in: that of the formalities, or in a vacation the last one before. */
const termFor = (on: string, { terms }: Situation): Term | undefined =>
  termOn(terms, on) ??
  terms.filter(({ closesOn }) => closesOn < on).toSorted((a, b) => (a.closesOn < b.closesOn ? 1 : -1))[0];

/** Time beyond the approved suspensions: what has run over, and what was asked for in vain (CF-43). */
const beyondSuspensions = ({ registration, cases, today }: Situation): { from: string; to: string }[] => {
  const { suspendedUntil, enrollment } = registration;
  const overrun =
    suspendedUntil !== null && suspendedUntil < today ? [{ from: suspendedUntil, to: today }] : [];
  const refused = cases
    .filter(
      (each) => each.enrollment === enrollment && each.kind === 'SUSPENSION' && each.state === 'REFUSED',
    )
    .map(({ facts }) => SuspensionFacts.parse(facts));
  return [...overrun, ...refused];
};

const groundOf = (facts: WithdrawalFacts, situation: Situation): WithdrawalGround => {
  switch (facts.ground) {
    case 'LONG_ABSENCE': {
      const term = termFor(facts.formalitiesOn, situation);
      const { opensOn = facts.formalitiesOn, closesOn = facts.formalitiesOn } = term ?? {};
      const absences = facts.absences ?? [];
      const contacts = contactsSince(situation.contacts, opensOn, ['ABSENCE', 'DROPOUT']);
      return {
        kind: 'LONG_ABSENCE',
        term: { opensOn, closesOn },
        absences,
        contacts,
        helpInVain: facts.helpInVain ?? false,
      };
    }
    case 'SUSPENSION_EXPIRED': {
      const endsOn = situation.registration.suspendedUntil ?? situation.today;
      const contacts = overrunContacts(situation.contacts, endsOn);
      return { kind: 'SUSPENSION_EXPIRED', endsOn, contacts, today: situation.today };
    }
    case 'SUSPENSION_OVER_TWO_YEARS':
      return {
        kind: 'SUSPENSION_OVER_TWO_YEARS',
        suspensions: [...suspensionsOf(situation), ...beyondSuspensions(situation)],
        unfitReasonGiven: facts.unfitReasonGiven ?? false,
      };
    case 'SERIOUS_ILLNESS_OR_ACCIDENT':
      return { kind: 'SERIOUS_ILLNESS_OR_ACCIDENT', proofs: proofsAmong(situation.evidence, kinds) };
    case 'GUARDIAN_REQUEST':
      return { kind: 'GUARDIAN_REQUEST' };
    default:
      return facts.ground satisfies never;
  }
};

/**
 * Withdrawal of a senior pupil (W-14): the school confirms; the case itself is the filing with the superior authority,
 * which approves nothing, and the mark follows at once (ENR-55). In compulsory education there is none (ENR-53).
 */
export const withdrawal: CasePlan<WithdrawalFacts> & { facts: typeof WithdrawalFacts } = {
  kind: 'WITHDRAWAL',
  facts: WithdrawalFacts,
  parties: () => ['SCHOOL'],
  judge: (facts, situation) => {
    const { registration, lawPlace, policyOn, evidence, calendar } = situation;
    const law = judgeWithdrawal(
      {
        stage: registration.stage,
        ground: groundOf(facts, situation),
        writtenApplication: hasApplication(evidence),
      },
      policyOn,
      lawPlace,
      calendar,
    );
    const isForbidden = law.some(({ code }) => code === 'WITHDRAWAL_FORBIDDEN_COMPULSORY');
    return [...(isForbidden ? [] : judgeMove('WITHDRAW', situation)), ...law];
  },
  judgeEnd: (approved, _, { lawPlace, policyOn }) =>
    judgeWithdrawalMark({ schoolConfirmed: approved.includes('SCHOOL'), filed: true }, policyOn, lawPlace),
  judgeTime: (_, clock, __, on, place) => judgeWithdrawalMarkTime(clock, on, place),
  due: (_, __, { formalitiesOn }, { lawPlace, calendar }) =>
    withdrawalMarkDue(formalitiesOn, lawPlace, calendar),
  effect: ({ formalitiesOn }, { registration }) => ({
    event: StudentWithdrawn,
    status: 'WITHDRAWN',
    frozenAt: registration.frozenAt ?? startOfDay(formalitiesOn).toISOString(),
    suspendedUntil: null,
  }),
};
