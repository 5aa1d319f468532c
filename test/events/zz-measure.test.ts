import { startInbox } from '#libs/platform/events/inbox.ts';
import { rebuild } from '#libs/platform/events/rebuild.ts';
import { startRelay } from '#libs/platform/events/relay.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { stockProjection } from '#services/statistics/stock/projection.ts';
import { startNetwork } from '#test/support/network.ts';
import { told } from '../service/statistics/events.ts';
import { feedOf } from '../service/statistics/feed.ts';
import { makeBed } from './support/bed.ts';
import { caughtUp, sequenced } from './support/checks.ts';
import { ledgerNamed, SOURCE } from './support/ledger.ts';
import { changeMany } from './support/writing.ts';

test('stock', async () => {
  const network = await startNetwork({ services: ['statistics'] });
  const { core } = network.service('statistics');
  const feed = feedOf(network.service('statistics'));
  const pupils = Array.from({ length: 30_000 }, (_, at) => ({
    name: `p${at}`,
    place: 14_010_500_000 + (at % 500),
    school: '1401050001',
    entryYearAdj: 2020 + (at % 6),
  }));
  feed.logs.enrollment.push(...pupils.map((p) => told.registered(p)), ...pupils.map((p) => told.approved(p)));
  feed.logs.identity.push(...pupils.map((p) => told.temporary(p)));
  await feed.serve();
  const { until } = await import('./support/checks.ts');
  await until(
    'live',
    () => {
      const own = network.service('statistics').inboxes.filter((i) => i.consumer === 'stock');
      return own.reduce((n, i) => n + i.inbox.position(), 0) === 90_000;
    },
    60_000,
  );
  const r = await rebuild({
    worker: core.worker,
    workerUrl: core.config.WORKER_DATABASE_URL,
    bus: core.bus,
    projection: stockProjection,
    log: silentLog,
  });
  console.log('stock', r, Math.round(r.read / (r.took / 1000)));
  await network.stop();
}, 300_000);
