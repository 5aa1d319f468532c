import type { Projection } from '#libs/platform/events/projection.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Loop } from '#libs/platform/service/loop.ts';
import { accountProjection } from './accounts/projection.ts';
import { dropoutProjection } from './dropout/projection.ts';
import { startMonitor } from './monitor/keep-days.ts';
import { monitorProjection } from './monitor/projection.ts';
import { countyChecks } from './term/follow-county.ts';
import { faultProjection } from './term/follow-faults.ts';
import { problemProjection } from './term/problems.ts';
import { startTermWorker } from './term/worker.ts';

/** What supervision follows of the other services: checks of terms, problem records, accounts, dropouts, monitored quantities. */
export const supervisionProjections: readonly Projection[] = [
  ...[countyChecks, faultProjection, problemProjection],
  ...[accountProjection, dropoutProjection, monitorProjection],
];

/** What it does by itself as days go by. */
export const startSupervision = (core: ServiceCore): Loop[] => [startTermWorker(core), startMonitor(core)];
