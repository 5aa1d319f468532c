import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { InfoUpdateMoved } from '#libs/contracts/events/information.ts';
import { KeyInfoChangeMoved } from '#libs/contracts/events/key-change.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { fileMatter, rememberPapers } from './matters.ts';

const follow = async (tx: Tx, event: Envelope): Promise<void> => {
  if (event.type === InfoUpdateMoved.type) {
    const { person, update, channel, state, papers } = readEvent(InfoUpdateMoved, event);
    const about = { person, matter: update };
    await rememberPapers(tx, about, papers);
    const change = channel === 'MOBILE' ? 'MOBILE_UPDATE' : 'INFORMATION_CHANGED';
    if (state === 'APPLIED') await fileMatter(tx, event, about, { change, enters: true });
    return;
  }
  const { person, change, state, papers } = readEvent(KeyInfoChangeMoved, event);
  const about = { person, matter: change };
  await rememberPapers(tx, about, papers);
  if (state === 'APPLIED') {
    await fileMatter(tx, event, about, { change: 'INFORMATION_CHANGED', enters: true });
  }
};

/** Changes of information are entered when they are made, with the material behind them (ARC-15, ARC-23). */
export const followsInformation = (core: Pick<ServiceCore, 'wakeRelay'>): Projection => ({
  name: 'archive-information',
  sources: ['identity'],
  types: [InfoUpdateMoved.type, KeyInfoChangeMoved.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) await follow(tx, event);
  },
  applied: () => core.wakeRelay(),
});
