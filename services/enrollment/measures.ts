import type { Measure } from '#libs/platform/metrics/measures.ts';

const waitsFor = 10_000;
const finishedGoodFor = 60_000;

/** What enrollment's database tells about its own work; `now` is business time, on which intakes are opened. */
export const createMeasures = (now: () => string): readonly Measure[] => [
  {
    name: 'xueji_open_intakes',
    help: 'Registrations begun more than 10 seconds ago and not yet answered by identity',
    statement: `select count(*) as value from intake where state = 'COLLECTING' and opened_at <= $1`,
    parameters: () => [new Date(Date.parse(now()) - waitsFor).toISOString()],
  },
  {
    name: 'xueji_import_jobs',
    help: 'Import jobs by state',
    labels: ['state'],
    statement: `select state, count(job_id) as value
                from unnest($1::text[]) as known (state) left join import_job using (state) group by state`,
    parameters: () => [['WAITING', 'READING', 'REGISTERING', 'DONE', 'FAILED']],
    goodFor: finishedGoodFor,
  },
];
