import { type Bench, type Measure, noMoreThan } from '#deploy/bench/bench.ts';
import { type GraphClient, openGraph } from '#deploy/bench/graph-client.ts';
import type { SampledPupil } from '#deploy/bench/pupil-rows.ts';
import { type BenchRegistry, benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { medianOf } from '#deploy/bench/samples.ts';
import { Failure } from '#deploy/local/failure.ts';

const province = '140000';
const counties = ['140105', '140106', '140107', '140108', '140109', '140110'];
const usualPupils = 1_000_000;
const sampled = 1_000;
const asked = 50;
const startsAt = '2027-08-10T23:00:00+08:00';
const promotion = '2027-08-11T00:00:00+08:00';
const after = '2027-08-11T00:00:10+08:00';

/** A read that somebody does in the morning after a promotion, of one class or county each. */
type Read = { name: string; text: string; variables: readonly Record<string, unknown>[] };

const classList = `query BenchClass($class: ID!) {
  enrollments(filter: { schoolClass: $class }, first: 60) { edges { node { id grade status } } } }`;
const worklist = `query BenchGrade($unit: ID!, $grade: Int!) {
  enrollments(filter: { unit: $unit, grade: $grade }, first: 50) {
    edges { node { id grade status school { id } } } pageInfo { hasNextPage } } }`;
const overview = `query BenchOverview($unit: ID!) {
  enrollmentStatistics(scope: $unit, by: [GRADE, GENDER]) { total rows { keys { value } count } } }`;

const readsOf = async (graph: GraphClient): Promise<Read[]> => {
  const { schools } = await graph.ask<{ schools: { edges: { node: { id: string } }[] } }>(
    `query BenchSchools { schools(filter: { unit: "${counties[0]}" }, first: 50) { edges { node { id } } } }`,
    {},
  );
  const classes: string[] = [];
  for (const { node } of schools.edges) {
    const found = await graph.ask<{ schoolClasses: { id: string }[] }>(
      'query BenchClasses($school: ID!) { schoolClasses(school: $school) { id } }',
      { school: node.id },
    );
    classes.push(...found.schoolClasses.map(({ id }) => id));
  }
  const grades = [1, 2, 3, 4, 5, 6];
  return [
    { name: 'class list', text: classList, variables: classes.slice(0, asked).map((id) => ({ class: id })) },
    {
      name: 'county worklist by grade',
      text: worklist,
      variables: counties.flatMap((unit) => grades.map((grade) => ({ unit, grade }))),
    },
    { name: 'county overview', text: overview, variables: counties.map((unit) => ({ unit })) },
  ];
};

/** How long each read takes, one after another, milliseconds. */
const timesOf = async (graph: GraphClient, { text, variables }: Read): Promise<number[]> => {
  const times: number[] = [];
  for (const each of variables) {
    const sent = performance.now();
    await graph.ask(text, each);
    times.push(performance.now() - sent);
  }
  return times;
};

/** The grade counted year by year with the fingers: one more on each 11 August until the pupil stands still. */
const naiveGrade = ({ entryYearAdj, lastGrade, frozenAt }: SampledPupil, now: string): number => {
  const until = Math.min(
    Date.parse(now),
    frozenAt === null ? Number.POSITIVE_INFINITY : Date.parse(frozenAt),
  );
  let grade = 0;
  for (let year = entryYearAdj; Date.parse(`${year}-08-11T00:00:00+08:00`) <= until; year++) grade++;
  return Math.min(Math.max(grade, 1), lastGrade);
};

type Listed = { enrollments: { edges: { node: { id: string; grade: number } }[] } };

/** How many of the pupils the graph puts into another grade than the fingers do. */
const mismatches = async (graph: GraphClient, pupils: readonly SampledPupil[], now: string) => {
  const grades = new Map<string, number>();
  for (const schoolClass of new Set(pupils.map((pupil) => pupil.schoolClass))) {
    const { enrollments } = await graph.ask<Listed>(classList, { class: schoolClass });
    for (const { node } of enrollments.edges) grades.set(node.id, node.grade);
  }
  return pupils.filter((pupil) => grades.get(pupil.id) !== naiveGrade(pupil, now)).length;
};

const measure = async (running: BenchRegistry, say: (line: string) => void): Promise<Measure[]> => {
  const graph = openGraph(running.as('shanxi'), 1);
  try {
    const reads = await readsOf(graph);
    for (const read of reads) await timesOf(graph, read);
    const before = new Map<Read, number[]>();
    for (const read of reads) before.set(read, await timesOf(graph, read));
    const since = await running.question('mark');
    await running.question('moveTo', { instant: promotion });
    const ratios: number[] = [];
    for (const read of reads) {
      const [was, is] = [medianOf(before.get(read) ?? []), medianOf(await timesOf(graph, read))];
      ratios.push(is / was);
      say(`${read.name}: ${was.toFixed(1)} ms before, ${is.toFixed(1)} ms at the first read after`);
    }
    await running.question('moveTo', { instant: after });
    const pupils = await running.question('sample', { pupils: sampled });
    const wrong = await mismatches(graph, pupils, after);
    say(
      `${pupils.length} pupils of classes at random against a naive count, ${pupils.filter(({ frozenAt }) => frozenAt !== null).length} of them suspended`,
    );
    return [
      noMoreThan('promotion.rows_written', await running.question('written', { since }), 'rows', 0),
      noMoreThan('promotion.first_read_ratio', Math.max(...ratios), '', 1.3),
      noMoreThan('promotion.mismatches', wrong, 'pupils', 0),
    ];
  } finally {
    await graph.close();
  }
};

/** The nationwide promotion with a province's pupils: what it writes, what the first reads after it cost. */
export const promotionBench: Bench = {
  name: 'promotion',
  summary: 'the nationwide promotion with a million pupils: rows written, first reads, grades',
  run: async ({ options, say, signal }) => {
    if (options.processes)
      throw new Failure('promotion fills the registry from inside: leave out --processes.');
    const pupils = options.scale ?? usualPupils;
    say(`all services in one process, fsync on, ${pupils} pupils of one province without their persons`);
    const order = { folder: benchFolder('promotion'), fresh: true, scale: 0, processes: false, startsAt };
    const running = await startRegistry(order, signal);
    try {
      const began = performance.now();
      await running.question('fill', { unit: province, pupils });
      say(`filled in ${((performance.now() - began) / 1000).toFixed(0)} s`);
      return await measure(running, say);
    } finally {
      await running.stop();
    }
  },
};
