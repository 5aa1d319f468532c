import type { StudentArchiveQuery } from './generated/archive.ts';

type Archive = NonNullable<NonNullable<StudentArchiveQuery['student']>['archive']>;
type Section = Archive['sections'][number];

/** An entry of the archive and the category that holds it. */
export type Entry = Section['entries'][number] & Pick<Section, 'category'>;

/** What the archive holds, whatever the category, in the order in which it was entered. */
export const entriesOf = (sections: readonly Section[]): Entry[] =>
  sections
    .flatMap(({ category, entries }) => entries.map((entry) => ({ ...entry, category })))
    .sort((a, b) => a.number - b.number);

/** Numbers of the measures that may still be revoked: those that revoke nothing and that no later entry revokes. */
export const measuresOpen = (entries: readonly Pick<Entry, 'number' | 'kind' | 'corrects'>[]): number[] => {
  const measures = entries.filter(({ kind }) => kind === 'DISCIPLINE');
  const revoked = new Set(measures.map(({ corrects }) => corrects));
  return measures
    .filter(({ number, corrects }) => corrects === null && !revoked.has(number))
    .map(({ number }) => number);
};

/** One entry for each change of which the archive tells, the last one entered: papers that come later lie with it (ARC-15). */
export const matterEntries = <One extends Pick<Entry, 'matter'>>(entries: readonly One[]): One[] => [
  ...new Map(entries.filter(({ matter }) => matter !== null).map((entry) => [entry.matter, entry])).values(),
];
