import type { Pupil, Registration } from './pupil.ts';

/** Attributes with one of several words for every pupil. */
export const WORDS = ['STATUS', 'NUMBER_KIND', 'DOCUMENT_TYPE', 'ETHNIC_GROUP'] as const;

/** Marks that a pupil carries or not: only those that carry it are counted, the others are the rest of all. */
export const FLAGS = ['BOARDER', 'LEFT_BEHIND', 'MIGRANT', 'RESIDENCE_PERMIT', 'DISABLED'] as const;

/** Attributes of which a table shows one at a time: the counts of two together are not kept. */
export const ATTRIBUTES = [...WORDS, ...FLAGS] as const;
export type Flag = (typeof FLAGS)[number];
export type Attribute = (typeof ATTRIBUTES)[number];

/** The empty name stands for the count of all, whatever their attributes. */
export const ALL = '';
export type CountedBy = Attribute | typeof ALL;

/** The value of an attribute that a person does not have, such as the kind of a number not yet given. */
export const NONE = 'NONE';

/** Values of a flag. */
export const SET = 'true';
export const UNSET = 'false';

const flags: ReadonlySet<string> = new Set(FLAGS);
export const isFlag = (attribute: CountedBy): attribute is Flag => flags.has(attribute);

const isSet: Readonly<Record<Flag, (marks: Registration['marks']) => boolean>> = {
  BOARDER: (marks) => marks.boarder,
  LEFT_BEHIND: (marks) => marks.leftBehind,
  MIGRANT: (marks) => marks.migrant,
  RESIDENCE_PERMIT: (marks) => marks.residencePermit,
  DISABLED: (marks) => marks.disabled,
};

/** What a counted pupil counts as: once in all, with its word of each attribute, and with each flag that is set. */
export const valuesOf = (
  { status, marks }: Registration,
  { numberKind }: Pupil,
): [attribute: CountedBy, value: string][] => [
  [ALL, ''],
  ['STATUS', status],
  ['NUMBER_KIND', numberKind ?? NONE],
  ['DOCUMENT_TYPE', marks.documentType],
  ['ETHNIC_GROUP', marks.ethnicGroup],
  ...FLAGS.filter((flag) => isSet[flag](marks)).map((flag): [Flag, string] => [flag, SET]),
];
