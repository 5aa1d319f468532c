import { EthnicGroupClass, IdDocumentType, StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import { countedStatuses, type Pupil, type Registration } from './pupil.ts';

/** Marks that a pupil carries or not: only those that carry it are counted, the others are the rest of all. */
export const FLAGS = ['BOARDER', 'LEFT_BEHIND', 'MIGRANT', 'RESIDENCE_PERMIT', 'DISABLED'] as const;
export type Flag = (typeof FLAGS)[number];

/** Attributes of which a table shows one at a time: the counts of two together are not kept. */
export const ATTRIBUTES = ['STATUS', 'NUMBER_KIND', 'DOCUMENT_TYPE', 'ETHNIC_GROUP', ...FLAGS] as const;
export type Attribute = (typeof ATTRIBUTES)[number];
type Word = Exclude<Attribute, Flag>;

/** The empty name stands for the count of all, whatever their attributes. */
export const ALL = '';
export type CountedBy = Attribute | typeof ALL;

/** The kind of a number not yet given. */
export const NONE = 'NONE';

/** Values of a flag. */
export const SET = 'true';
export const UNSET = 'false';

const flags: ReadonlySet<string> = new Set(FLAGS);
export const isFlag = (attribute: CountedBy): attribute is Flag => flags.has(attribute);

const wordsOf: Readonly<Record<Word, readonly string[]>> = {
  STATUS: countedStatuses(),
  NUMBER_KIND: [...StudentNumberKind.options, NONE],
  DOCUMENT_TYPE: IdDocumentType.options,
  ETHNIC_GROUP: EthnicGroupClass.options,
};

/** One number that every cell holds: how many pupils have the value, and the column it is kept in. */
export type Measure = { attribute: CountedBy; value: string; column: string };

/**
 * The numbers of a cell: all pupils first, then those with each value of each attribute. A word that a vocabulary
 * gains needs a schema step that adds its column.
 */
export const MEASURES: readonly Measure[] = [
  { attribute: ALL, value: '', column: 'n' },
  ...(Object.entries(wordsOf) as [Word, readonly string[]][]).flatMap(([attribute, words]) =>
    words.map((value) => ({ attribute, value, column: `${attribute}_${value}`.toLowerCase() })),
  ),
  ...FLAGS.map((flag) => ({ attribute: flag, value: SET, column: flag.toLowerCase() })),
];

const positions: ReadonlyMap<string, number> = new Map(
  MEASURES.map(({ attribute, value }, at) => [`${attribute} ${value}`, at]),
);

const positionOf = (attribute: CountedBy, value: string): number => {
  const at = positions.get(`${attribute} ${value}`);
  if (at === undefined) throw new RangeError(`${attribute} has no such value`);
  return at;
};

const isSet: Readonly<Record<Flag, (marks: Registration['marks']) => boolean>> = {
  BOARDER: (marks) => marks.boarder,
  LEFT_BEHIND: (marks) => marks.leftBehind,
  MIGRANT: (marks) => marks.migrant,
  RESIDENCE_PERMIT: (marks) => marks.residencePermit,
  DISABLED: (marks) => marks.disabled,
};

/** Positions of the measures in which a counted pupil counts: all, one word of each attribute, each flag it carries. */
export const measuresOf = ({ status, marks }: Registration, { numberKind }: Pupil): number[] => [
  positionOf(ALL, ''),
  positionOf('STATUS', status),
  positionOf('NUMBER_KIND', numberKind ?? NONE),
  positionOf('DOCUMENT_TYPE', marks.documentType),
  positionOf('ETHNIC_GROUP', marks.ethnicGroup),
  ...FLAGS.filter((flag) => isSet[flag](marks)).map((flag) => positionOf(flag, SET)),
];
