import { type Envelope, type EventKind, readEvent } from '#libs/contracts/envelope.ts';
import {
  ArchiveCustodianChanged,
  ArchiveSentBack,
  ArchiveTransferOwed,
  ArchiveTransferred,
  ArchiveTransferStarted,
} from '#libs/contracts/events/archive.ts';
import { EnrollmentCaseMoved } from '#libs/contracts/events/enrollment-case.ts';
import { KeyInfoChangeMoved } from '#libs/contracts/events/key-change.ts';
import {
  AuthorityDecided,
  CrossProvinceStudyInitiated,
  SourceSchoolDecided,
  TransferAutoCancelled,
  TransferCompleted,
  TransferDiscarded,
  TransferInitiated,
  TransferPrefiled,
  TransferPurged,
  TransferRejected,
  TransferSourceSucceeded,
  TransferStepDueMoved,
  TransferStepOpened,
  TransferWithdrawn,
} from '#libs/contracts/events/transfer.ts';
import type { CaseRef } from './case-ref.ts';
import type { CaseEvent, StepRow } from './course.ts';

type Reader = (event: Envelope) => CaseEvent[];

const ofTransfer = (id: string): CaseRef => ({ kind: 'TRANSFER', id });
const open = { doneAt: null, lapsed: false } as const;

/** Before the start the clock of the four parties has not begun (CF-14): the receiving school's own step has no day. */
const isBeforeStart = (party: string): boolean => party === 'TARGET_SCHOOL' || party === 'PREFILING_BUREAU';

const transferOpened: Reader = (event) => {
  const { transfer, party, source, target, kind, ...told } = readEvent(TransferStepOpened, event);
  const step: StepRow = {
    ...{ case: ofTransfer(transfer), step: event.aggregateversion, person: told.person, matter: kind },
    ...{ sourcePlace: source.place, targetPlace: target.place, party, unit: told.unit },
    province: party.startsWith('SOURCE') ? source.province : target.province,
    ...{ turn: told.turn ?? null, openedAt: event.time },
    ...{ dueOn: isBeforeStart(party) ? null : told.dueOn, provisional: told.provisional, ...open },
  };
  return [{ case: step.case, kind: 'OPENED', step }];
};

const transferDueMoved: Reader = (event) => {
  const { transfer, party, dueOn, provisional } = readEvent(TransferStepDueMoved, event);
  return isBeforeStart(party)
    ? []
    : [{ case: ofTransfer(transfer), kind: 'DUE_MOVED', party, dueOn, provisional }];
};

const transferDecided =
  (kind: typeof SourceSchoolDecided | typeof AuthorityDecided): Reader =>
  (event) => {
    const { transfer, party } = readEvent(kind, event);
    return [{ case: ofTransfer(transfer), kind: 'DONE', party, at: event.time }];
  };

const doneByTarget =
  (kind: typeof TransferInitiated | typeof TransferPrefiled | typeof CrossProvinceStudyInitiated): Reader =>
  (event) => {
    const { transfer } = readEvent(kind, event);
    return [{ case: ofTransfer(transfer), kind: 'DONE', party: 'TARGET_SCHOOL', at: event.time }];
  };

const transferEnds = [
  TransferDiscarded,
  TransferRejected,
  TransferWithdrawn,
  TransferPurged,
  TransferAutoCancelled,
  TransferCompleted,
] as const;

const transferEnded =
  (kind: (typeof transferEnds)[number]): Reader =>
  (event) => [
    {
      case: ofTransfer(readEvent(kind, event).transfer),
      ...{ kind: 'ENDED', at: event.time, decided: kind === TransferCompleted },
    },
  ];

const transferSucceeded: Reader = (event) => {
  const { transfer, source, steps } = readEvent(TransferSourceSucceeded, event);
  const taken = steps.map(({ party, unit }) => ({ party, unit }));
  return [{ case: ofTransfer(transfer), kind: 'SUCCEEDED', sourcePlace: source.place, taken }];
};

/** What moves from one party to the next tells with every move whose turn it is now. */
const moved = (
  event: Envelope,
  ref: CaseRef,
  of: Pick<StepRow, 'person' | 'matter' | 'province'> & { place: number },
  turn: Pick<StepRow, 'party' | 'unit' | 'dueOn' | 'provisional'> | undefined,
  decided: boolean,
): CaseEvent[] => {
  if (turn === undefined) return [{ case: ref, kind: 'ENDED', at: event.time, decided }];
  const { place, ...facts } = of;
  const step: StepRow = {
    ...{ case: ref, step: event.aggregateversion, ...facts, sourcePlace: place, targetPlace: place },
    ...{ ...turn, turn: null, openedAt: event.time, ...open },
  };
  return [{ case: ref, kind: 'TURN', step }];
};

const enrollmentMoved: Reader = (event) => {
  const { case: id, kind, person, place, province, state, turn } = readEvent(EnrollmentCaseMoved, event);
  const of = { person, matter: kind, province, place };
  return moved(event, { kind: 'ENROLLMENT', id }, of, turn, state !== 'WITHDRAWN');
};

/** The checks of the system have no day by which anybody could be late. */
const keyChangeMoved: Reader = (event) => {
  const { change, kind, person, place, province, state, turn } = readEvent(KeyInfoChangeMoved, event);
  const of = { person, matter: kind, province, place };
  const now = turn && { ...turn, dueOn: turn.party === 'SYSTEM' ? null : turn.dueOn };
  return moved(event, { kind: 'KEY_CHANGE', id: change }, of, now, state !== 'WITHDRAWN');
};

const ofArchive = (archive: string): CaseRef => ({ kind: 'ARCHIVE_HANDOVER', id: archive });

/** The custodian passes the archive on until a day; the other side accepts it. */
const archiveOpened =
  (
    kind: typeof ArchiveTransferOwed | typeof ArchiveTransferStarted | typeof ArchiveSentBack,
    party: 'CUSTODIAN' | 'RECEIVER',
  ): Reader =>
  (event) => {
    const told = readEvent(kind, event);
    const { archive, person, place, province, from, to } = told;
    const step: StepRow = {
      ...{ case: ofArchive(archive), step: event.aggregateversion, person, province },
      matter: 'reason' in told && kind === ArchiveTransferOwed ? told.reason : 'TRANSFER',
      ...{ sourcePlace: place, targetPlace: place, party },
      unit: party === 'CUSTODIAN' ? from.code : to.code,
      ...{ turn: null, openedAt: event.time, dueOn: 'dueOn' in told ? told.dueOn : null },
      ...{ provisional: false, ...open },
    };
    const other = party === 'CUSTODIAN' ? 'RECEIVER' : 'CUSTODIAN';
    return [
      { case: step.case, kind: 'DONE', party: other, at: event.time },
      { case: step.case, kind: 'OPENED', step },
    ];
  };

const archiveTransferred: Reader = (event) => {
  const { archive } = readEvent(ArchiveTransferred, event);
  return [{ case: ofArchive(archive), kind: 'ENDED', at: event.time, decided: true }];
};

const custodianChanged: Reader = (event) => {
  const { archive, to } = readEvent(ArchiveCustodianChanged, event);
  const taken = [{ party: 'CUSTODIAN', unit: to.code }];
  return [{ case: ofArchive(archive), kind: 'SUCCEEDED', sourcePlace: null, taken }];
};

const readers: readonly (readonly [EventKind, Reader])[] = [
  [TransferStepOpened, transferOpened],
  [TransferStepDueMoved, transferDueMoved],
  [SourceSchoolDecided, transferDecided(SourceSchoolDecided)],
  [AuthorityDecided, transferDecided(AuthorityDecided)],
  [TransferInitiated, doneByTarget(TransferInitiated)],
  [TransferPrefiled, doneByTarget(TransferPrefiled)],
  [CrossProvinceStudyInitiated, doneByTarget(CrossProvinceStudyInitiated)],
  ...transferEnds.map((kind) => [kind, transferEnded(kind)] as const),
  [TransferSourceSucceeded, transferSucceeded],
  [EnrollmentCaseMoved, enrollmentMoved],
  [KeyInfoChangeMoved, keyChangeMoved],
  [ArchiveTransferOwed, archiveOpened(ArchiveTransferOwed, 'CUSTODIAN')],
  [ArchiveTransferStarted, archiveOpened(ArchiveTransferStarted, 'RECEIVER')],
  [ArchiveSentBack, archiveOpened(ArchiveSentBack, 'CUSTODIAN')],
  [ArchiveTransferred, archiveTransferred],
  [ArchiveCustodianChanged, custodianChanged],
];

const byType = new Map(readers.map(([kind, read]) => [`${kind.source} ${kind.type}`, read]));

/** The types of events that tell of the steps of cases, and who tells them. */
export const CASE_TYPES: readonly string[] = readers.map(([kind]) => kind.type);
export const CASE_SOURCES: readonly string[] = [...new Set(readers.map(([kind]) => kind.source))];

/** What an event means for the steps of a case; nothing for kinds that tell of none. Throws a ZodError for a broken one. */
export const readCaseEvents = (event: Envelope): CaseEvent[] =>
  byType.get(`${event.source} ${event.type}`)?.(event) ?? [];
