import { openStepOf, type TimedStep } from '../../clocks/open-step.ts';
import { WaitingApplicationsDocument } from './generated/applications.ts';
import { WaitingChangesDocument } from './generated/changes.ts';
import { WaitingCorrectionsDocument } from './generated/corrections.ts';
import { WaitingDeletionsDocument } from './generated/deletions.ts';
import { WaitingDropoutsDocument } from './generated/dropouts.ts';
import { WaitingHandOversDocument } from './generated/hand-overs.ts';
import { WaitingIssuesDocument } from './generated/issues.ts';
import { WaitingKeyChangesDocument } from './generated/key-changes.ts';
import { WaitingOutcomesDocument } from './generated/outcomes.ts';
import { WaitingProblemsDocument } from './generated/problems.ts';
import { WaitingRegistrationsDocument } from './generated/registrations.ts';
import { WaitingStatementsDocument } from './generated/statements.ts';
import { WaitingTicketsDocument } from './generated/tickets.ts';
import { WaitingTransfersDocument } from './generated/transfers.ts';
import { WaitingUpdatesDocument } from './generated/updates.ts';
import { type Source, source } from './source.ts';
import type { Task } from './task.ts';

type Timing = Pick<Task, 'due' | 'provisional' | 'overdue'>;

const untimed: Timing = { provisional: false, overdue: false };

const timingOf = (steps: readonly TimedStep[], unit: string | undefined): Timing => {
  const step = openStepOf(steps, unit);
  return step ? { due: step.deadline, provisional: step.provisional, overdue: step.overdue } : untimed;
};

/** Every worklist of the graph; the unit is the viewer's own, whose step's clock is shown. */
export const sourcesOf = (unit: string | undefined, today: string): readonly Source[] => [
  source({
    kind: 'REGISTRATION',
    actions: ['registration.decide', 'registration.enter'],
    document: WaitingRegistrationsDocument,
    page: ({ enrollments }) => enrollments,
    task: ({ id, status, decisionDueOn, student, school }) => ({
      ...{ id, state: ['EnrollmentStatus', status], student: student.name, place: school.name },
      ...{ due: decisionDueOn, provisional: false, to: '/work/registrations' },
      overdue: decisionDueOn !== null && decisionDueOn < today,
    }),
  }),
  source({
    kind: 'CHANGE',
    actions: ['case.handle', 'case.decide'],
    document: WaitingChangesDocument,
    page: ({ enrollmentCases }) => enrollmentCases,
    task: ({ id, kind, student, school, steps }) => ({
      ...{ id, state: ['EnrollmentCaseKind', kind], student: student.name, place: school.name },
      ...{ ...timingOf(steps, unit), to: `/work/changes/${id}` },
    }),
  }),
  source({
    kind: 'TRANSFER',
    actions: ['transfer.handle', 'transfer.decide', 'transfer.call-up'],
    document: WaitingTransfersDocument,
    page: ({ transferCases }) => transferCases,
    task: ({ id, state, student, source: from, target, steps, callUp }) => ({
      ...{
        id,
        state: ['TransferState', state],
        student: student?.name,
        place: `${from.name} → ${target.name}`,
      },
      ...timingOf(steps, unit),
      ...(callUp?.deadline && {
        ...{ due: callUp.deadline.on, provisional: callUp.deadline.provisional },
        overdue: !callUp.deadline.provisional && callUp.deadline.on < today,
      }),
      to: `/work/transfers/${id}`,
    }),
  }),
  source({
    kind: 'APPLICATION',
    actions: ['transfer.enter', 'transfer.answer-application', 'transfer.propose', 'transfer.arrange'],
    document: WaitingApplicationsDocument,
    page: ({ transferApplications }) => transferApplications,
    task: ({ id, state, pupilName, school, deadline, provisional, overdue }) => ({
      ...{ id, state: ['TransferApplicationState', state], student: pupilName, place: school?.name },
      ...{ due: deadline, provisional, overdue, to: `/work/applications/${id}` },
    }),
  }),
  source({
    kind: 'HAND_OVER',
    actions: ['archive.hand-over'],
    document: WaitingHandOversDocument,
    page: ({ archiveHandOvers }) => archiveHandOvers,
    task: ({ id, state, student, school, handOver }) => ({
      ...{ id, state: ['ArchiveCustodyState', state], student: student.name, place: school.name },
      ...{ due: handOver?.acceptBy ?? handOver?.dueOn, provisional: false },
      ...{ overdue: handOver?.overdue ?? false, to: `/work/hand-overs/${student.id}` },
    }),
  }),
  source({
    kind: 'KEY_CHANGE',
    actions: ['key-change.handle', 'key-change.decide'],
    document: WaitingKeyChangesDocument,
    page: ({ keyInformationChanges }) => keyInformationChanges,
    task: ({ id, state, student, school, steps }) => ({
      ...{ id, state: ['KeyInformationChangeState', state], student: student?.name, place: school.name },
      ...{ ...timingOf(steps, unit), to: `/work/key-changes/${id}` },
    }),
  }),
  source({
    kind: 'UPDATE',
    actions: ['information.handle', 'information.decide'],
    document: WaitingUpdatesDocument,
    page: ({ informationUpdates }) => informationUpdates,
    task: ({ id, state, student, school, steps }) => ({
      ...{ id, state: ['InformationUpdateState', state], student: student.name, place: school.name },
      ...{ ...timingOf(steps, unit), to: `/work/updates/${id}` },
    }),
  }),
  source({
    kind: 'PROBLEM',
    actions: ['problem.handle', 'problem.resolve'],
    document: WaitingProblemsDocument,
    page: ({ problemRecords }) => problemRecords,
    task: ({ id, kind, student, dueOn, provisionalDue, overdue }) => ({
      ...{ id, state: ['ProblemRecordKind', kind], student: student.name },
      ...{ due: dueOn, provisional: provisionalDue, overdue, to: `/work/problems/${id}` },
    }),
  }),
  source({
    kind: 'DROPOUT',
    actions: ['dropout.enter', 'dropout.decide'],
    document: WaitingDropoutsDocument,
    page: ({ dropoutLedger }) => dropoutLedger,
    task: ({ id, state, student, school, nextActionOn, overdue }) => ({
      ...{ id, state: ['DropoutState', state], student: student?.name, place: school?.name },
      ...{ due: nextActionOn, provisional: false, overdue, to: `/work/dropouts/${id}` },
    }),
  }),
  source({
    kind: 'TICKET',
    actions: ['ticket.handle', 'ticket.decide', 'ticket.answer', 'ticket.report', 'ticket.accept'],
    document: WaitingTicketsDocument,
    page: ({ tickets }) => tickets,
    task: ({ id, kind, student, dueOn, overdue }) => ({
      ...{ id, state: ['TicketKind', kind], student: student?.name, due: dueOn, provisional: false, overdue },
      to: `/work/tickets/${id}`,
    }),
  }),
  source({
    kind: 'DELETION',
    actions: ['number-deletion.decide'],
    document: WaitingDeletionsDocument,
    page: ({ numberDeletions }) => numberDeletions,
    task: ({ id, state, province }) => ({
      ...{ id, state: ['NumberDeletionState', state], place: province, ...untimed },
      to: `/work/deletions/${id}`,
    }),
  }),
  source({
    kind: 'CORRECTION',
    actions: ['correction.order', 'correction.answer'],
    document: WaitingCorrectionsDocument,
    page: ({ correctionOrders }) => correctionOrders,
    task: ({ id, state, school, unit: ordered, deadline, provisional, overdue }) => ({
      ...{ id, state: ['CorrectionState', state], place: school?.name ?? ordered?.name },
      ...{ due: deadline, provisional, overdue, to: `/work/corrections/${id}` },
    }),
  }),
  source({
    kind: 'OUTCOMES',
    actions: ['outcome.handle', 'outcome.decide', 'outcome.upload'],
    document: WaitingOutcomesDocument,
    page: ({ outcomeBatches }) => outcomeBatches,
    task: ({ id, state, school, dueOn, overdue }) => ({
      ...{ id, state: ['OutcomeBatchState', state], place: school.name },
      ...{ due: dueOn, provisional: false, overdue, to: `/work/outcomes/${id}` },
    }),
  }),
  source({
    kind: 'ISSUE',
    actions: ['certificate.decide', 'certificate.issue'],
    document: WaitingIssuesDocument,
    page: ({ issueOrders }) => issueOrders,
    task: ({ id, state }) => ({
      ...{ id, state: ['IssueOrderState', state], ...untimed, to: `/work/issues/${id}` },
    }),
  }),
  source({
    kind: 'STATEMENT',
    actions: ['certificate.seal'],
    document: WaitingStatementsDocument,
    page: ({ statementsToSeal }) => statementsToSeal,
    task: ({ id, state, student, school, sealDueOn, sealOverdue: overdue }) => ({
      ...{ id, state: ['CertificateState', state], student: student.name, place: school.name },
      ...{ due: sealDueOn, provisional: false, overdue, to: `/students/${student.id}/certificates/${id}` },
    }),
  }),
];
