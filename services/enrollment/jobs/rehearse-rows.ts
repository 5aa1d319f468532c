import type { Finding } from '#libs/law/finding.ts';
import { type DuplicateHit, judgeDuplicates, judgeLikeness } from '#libs/law/identity/duplicate.ts';
import { type Relation, relationOf, type Trait } from '#libs/law/identity/same-child.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { keysInUse } from '../registration/open-intakes.ts';
import { type Searched, searchPersonsOf } from '../registration/search-duplicates.ts';
import {
  type GoodRow,
  keyOfRow,
  type RegisteringJob,
  type RowOutcome,
  type Seen,
} from './registering-job.ts';
import { problemOf } from './row-verdict.ts';

/**
 * What registering the rows of a batch would come to, with no effect anywhere: content that is registered already, what
 * the nationwide search finds, and the rows before them in the same file. Batches come in the order of the file.
 */
export const rehearse = async (
  core: ServiceCore,
  job: RegisteringJob,
  seen: Seen,
  rows: readonly GoodRow[],
): Promise<Map<number, RowOutcome>> => {
  const keyed = rows.map((row) => ({ row, key: keyOfRow(core, job, row) }));
  const inUse = await inScope(core.app, job.scope, (tx) =>
    keysInUse(
      tx,
      keyed.map(({ key }) => key),
    ),
  );
  for (const key of inUse) seen.contents.add(key.toString('hex'));
  const unknown = keyed.filter(({ key }) => !seen.contents.has(key.toString('hex')));
  const searched = await searchPersonsOf(
    core,
    unknown.map(({ row }) => row.handed),
  );
  const found = new Map(unknown.map(({ row }, at) => [row.row, searched[at]]));
  return new Map(
    keyed.map(({ row, key }) => [
      row.row,
      outcomeOf(row, key.toString('hex'), found.get(row.row) ?? { findings: [], traits: [] }, seen),
    ]),
  );
};

const outcomeOf = (row: GoodRow, content: string, { findings, traits }: Searched, seen: Seen): RowOutcome => {
  if (seen.contents.has(content)) return { result: 'ALREADY', problems: [], warnings: [] };
  const told = [...findings, ...besideEarlierRows(row, traits, seen)];
  const refusals = told.filter(({ outcome }) => outcome === 'REJECT');
  const warnings = told.filter(({ outcome }) => outcome !== 'REJECT').map(problemOf);
  if (refusals.length > 0) return { result: 'REFUSED', problems: refusals.map(problemOf), warnings };
  seen.contents.add(content);
  for (const { value } of traits) {
    const persons = seen.persons.get(value) ?? [];
    persons.push({ row: row.row, traits });
    seen.persons.set(value, persons);
  }
  return { result: 'NEW', problems: [], warnings };
};

/** What the import would find of a row once those before it in the file are registered. */
const besideEarlierRows = ({ handed }: GoodRow, traits: readonly Trait[], { persons }: Seen): Finding[] => {
  const met = new Set(traits.flatMap(({ value }) => persons.get(value) ?? []));
  const hits = (relation: Relation) =>
    [...met]
      .filter((person) => relationOf(traits, person.traits) === relation)
      .map(
        ({ row }): DuplicateHit => ({
          where: 'SAME_SCHOOL',
          row: String(row),
          numberKind: 'L_TEMPORARY',
        }),
      );
  const place = lawPlaceOfSchool(handed.school);
  const same = { searched: true, hits: hits('SAME').slice(0, 1) };
  return [
    ...judgeDuplicates(same, { continuesPreschool: false }, handed.today, place),
    ...(same.hits.length > 0 ? [] : judgeLikeness(hits('ALIKE'), handed.today, place)),
  ];
};
