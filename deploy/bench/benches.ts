import type { Bench } from '#deploy/bench/bench.ts';
import { certificatesBench } from '#deploy/bench/certificates-bench.ts';
import { consoleBench } from '#deploy/bench/console-bench.ts';
import { enrollmentBench } from '#deploy/bench/enrollment-bench.ts';
import { gatewayBench } from '#deploy/bench/gateway-bench.ts';
import { importBench } from '#deploy/bench/import-bench.ts';
import { promotionBench } from '#deploy/bench/promotion-bench.ts';
import { startBench } from '#deploy/bench/start-bench.ts';
import { statisticsBench } from '#deploy/bench/statistics-bench.ts';
import { ticketsBench } from '#deploy/bench/tickets-bench.ts';
import { transferBench } from '#deploy/bench/transfer-bench.ts';

/** Every benchmark, in the order in which all of them are run. */
export const benches: readonly Bench[] = [
  importBench,
  startBench,
  enrollmentBench,
  promotionBench,
  transferBench,
  certificatesBench,
  ticketsBench,
  gatewayBench,
  statisticsBench,
  consoleBench,
];
