import { once } from 'node:events';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { fillRange } from '#deploy/bench/fill-range.ts';
import { coreOf } from '#deploy/demo/load-nation.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker, singleRow } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { remakeCells } from '#services/statistics/recount.ts';
import { stockProjection } from '#services/statistics/stock/projection.ts';

const schoolsOfCounty = 5;
const grades = 6;
const schoolYear = 2026;
const day = '2026-09-01';
const rowsOfChunk = 2_000;

const columns = `person_id, place, province, number_kind, enrollment, school, stage, entry_year_adj, last_grade, frozen_at,
  status, gender, document_type, boarder, left_behind, migrant, residence_permit, disabled, ethnic_group, registered, told`;

const uuidOf = (kind: number, nth: number): string =>
  `00000000-0000-7${String(kind).padStart(3, '0')}-8000-${nth.toString(16).padStart(12, '0')}`;

/** The n-th pupil of all, at a primary school of a county, as one line of COPY. */
const lineOf = (nth: number, county: { lo: number; province: string }, ofCounty: number): string => {
  const place = county.lo + 1 + (ofCounty % schoolsOfCounty);
  const [person, enrollment] = [uuidOf(1, nth), uuidOf(2, nth)];
  const marks = {
    ...{ gender: nth % 2 === 0 ? 'FEMALE' : 'MALE', documentType: 'RESIDENT_ID', boarder: nth % 5 === 0 },
    ...{
      leftBehind: nth % 11 === 0,
      migrant: nth % 7 === 0,
      residencePermit: false,
      disabled: nth % 101 === 0,
    },
    ethnicGroup: nth % 12 === 0 ? 'MINORITY' : 'HAN',
  };
  const registration = {
    ...{ enrollment, school: String(place), stage: 'PRIMARY', status: 'IN_SCHOOL', frozenAt: null, marks },
    ...{ entryYearAdj: schoolYear - (Math.floor(ofCounty / schoolsOfCounty) % grades), lastGrade: grades },
  };
  const where = { day, place, province: county.province };
  const told = { ...where, numberKind: 'G_FORMAL', identity: null, living: null };
  return `${[
    ...[person, place, county.province, 'G_FORMAL', enrollment, place, 'PRIMARY'],
    ...[registration.entryYearAdj, grades, '\\N', 'IN_SCHOOL', marks.gender, marks.documentType],
    ...[marks.boarder, marks.leftBehind, marks.migrant, marks.residencePermit, marks.disabled],
    ...[marks.ethnicGroup, JSON.stringify([{ ...where, registration }]), JSON.stringify([told])],
  ].join('\t')}\n`;
};

function* linesOf(
  counties: readonly { lo: number; province: string }[],
  first: number,
  last: number,
): Generator<string> {
  let chunk: string[] = [];
  for (let nth = first; nth < last; nth++) {
    const county = counties[nth % counties.length];
    if (county !== undefined) chunk.push(lineOf(nth, county, Math.floor(nth / counties.length)));
    if (chunk.length < rowsOfChunk) continue;
    yield chunk.join('');
    chunk = [];
  }
  yield chunk.join('');
}

const asOwner = async (
  { config }: ServiceCore,
  work: (owner: pg.Client) => Promise<unknown>,
): Promise<void> => {
  const owner = new pg.Client({ connectionString: config.OWNER_DATABASE_URL });
  await owner.connect();
  try {
    await work(owner);
  } finally {
    await owner.end();
  }
};

/** COPY knows no row-level security, so the owner opens the table for as long as it takes. */
const copyPupils = async (core: ServiceCore, first: number, last: number): Promise<void> => {
  const counties = [...(await core.directory.units()).values()].filter(({ level }) => level === 'COUNTY');
  await asOwner(core, async (owner) => {
    await owner.query('begin');
    await owner.query('set local transaction_timeout = 0');
    await owner.query('alter table pupil no force row level security');
    await owner.query('alter table pupil set (autovacuum_enabled = false)');
    const stream = owner.query(copyFrom(`copy pupil (${columns}) from stdin`));
    Readable.from(linesOf(counties, first, last)).pipe(stream);
    await once(stream, 'finish');
    await owner.query('alter table pupil force row level security');
    await owner.query('commit');
    await owner.query('analyze pupil');
  });
};

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

/** Brings the pupils of statistics to so many and counts them; how long loading and counting took, in seconds. */
export const fillStock = async (
  core: ServiceCore,
  pupils: number,
): Promise<{ loaded: number; counted: number }> => {
  const { n } = await singleRow<{ n: string }>(core.worker, 'select count(*) as n from pupil');
  const began = performance.now();
  await copyPupils(core, Number(n), pupils);
  const loaded = secondsSince(began);
  const copied = performance.now();
  await remakeCells(core.worker);
  await asOwner(core, (owner) => owner.query('vacuum (analyze) stock_cell'));
  return { loaded, counted: secondsSince(copied) };
};

const headOf = async (core: ServiceCore): Promise<number> =>
  Number((await singleRow<{ seq: string }>(core.worker, 'select seq from event_counter where id = 1')).seq);

const placeOf = async (core: ServiceCore): Promise<number> => {
  const { seq } = await singleRow<{ seq: string }>(
    core.worker,
    `select coalesce(max(seq), 0) as seq from inbox_checkpoint where consumer = 'stock' and source = 'enrollment'`,
  );
  return Number(seq);
};

/** Events and the time in which the stock took them all from the log, one pupil more than there were (so that it looks). */
export const refillStock = async (
  services: readonly RunningService[],
  unit: string,
): Promise<{ events: number; seconds: number }> => {
  const core = coreOf(services, 'statistics');
  const owner = coreOf(services, 'enrollment');
  await asWorker(core.worker, async (tx) => {
    for (const table of stockProjection.tables.toReversed()) await execute(tx, `delete from ${table}`);
    await execute(tx, 'delete from inbox_checkpoint where consumer = $1', [stockProjection.name]);
  });
  await fillRange(owner, unit, 1);
  const began = performance.now();
  for (;;) {
    const [head, place] = [await headOf(owner), await placeOf(core)];
    if (head > 0 && place >= head) return { events: place, seconds: secondsSince(began) };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
