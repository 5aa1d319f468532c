import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import {
  CrossProvinceStudyInitiated,
  TransferCompleted,
  TransferDrafted,
  TransferInitiated,
  TransferPapersHandedIn,
} from '#libs/contracts/events/transfer.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockArchive } from '../archives/archive-rows.ts';
import { saveArchive } from '../archives/save-archive.ts';
import { noteTransfer, storeCopy } from '../custody/copies.ts';
import { fileMatter, rememberPapers } from './matters.ts';

const started = [TransferInitiated, CrossProvinceStudyInitiated] as const;
const withPapers = [TransferDrafted, TransferPapersHandedIn] as const;

/** A transfer has begun: the school that will be left keeps a copy of the archive from now on (TRF-40, ARC-09). */
const backUp = async (tx: Tx, event: Envelope, kind: (typeof started)[number]): Promise<void> => {
  const { transfer, person, source } = readEvent(kind, event);
  const keeper = { unit: source.school, place: source.place };
  await noteTransfer(tx, { person, transfer, ...keeper, at: event.time });
  const before = await lockArchive(tx, person);
  if (before === undefined || before.openedOn === null) return;
  const told = await storeCopy(tx, before, keeper, event.time);
  await saveArchive(tx, event.time, before, { ...before, standing: before.standing + 1 }, told);
};

const follow = async (tx: Tx, event: Envelope): Promise<void> => {
  const start = started.find(({ type }) => type === event.type);
  if (start !== undefined) return backUp(tx, event, start);
  const papers = withPapers.find(({ type }) => type === event.type);
  if (papers !== undefined) {
    const handed = readEvent(papers, event);
    return rememberPapers(tx, { person: handed.person, matter: handed.transfer }, handed.papers);
  }
  const { person, transfer, kind } = readEvent(TransferCompleted, event);
  const change = kind === 'CROSS_PROVINCE_STUDY' ? 'WENT_ON' : 'TRANSFERRED';
  return fileMatter(tx, event, { person, matter: transfer }, { change, enters: false });
};

/** Stores the backup that a transfer waits for before anybody asks, and files the papers of one that is done (ARC-15). */
export const followsTransfers = (core: Pick<ServiceCore, 'wakeRelay'>): Projection => ({
  name: 'archive-transfers',
  sources: ['transfer'],
  types: [...started, ...withPapers, TransferCompleted].map(({ type }) => type),
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) await follow(tx, event);
  },
  applied: () => core.wakeRelay(),
});
