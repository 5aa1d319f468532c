import { enforces } from '../enforces.ts';
import { type DocumentNumber, readDocumentNumber } from './document-number.ts';

/** A document as it was shown; `type` and `nationality` as codes of the form. */
export type ShownDocument = { type: string; number: string };

/** What is known of a child when one is told from another. */
export type ChildShown = {
  name: string;
  birthDate: string;
  gender: string;
  nationality: string;
  /** Null for a child without a document. */
  document: ShownDocument | null;
  guardians: readonly { isLegalGuardian: boolean; document: ShownDocument | null }[];
};

/**
 * One thing by which a child is told from others.
 * CLAIM: one child in the nation has it. KIN: name, birth and guardian of a child that shows a document of its own.
 * OPEN: others may have it. PROVEN: others may have it, and this one has shown a resident ID number of its own.
 */
export type Trait = { kind: 'CLAIM' | 'KIN' | 'OPEN' | 'PROVEN'; value: string };

/** A trait with what it is made of, to tell people why two children are near. */
export type NamedTrait = Trait & { by: Likeness };

/** Why two children are near: what they have in common. */
export type Likeness =
  | 'SAME_DOCUMENT'
  | 'SAME_DOCUMENT_NUMBER'
  | 'SAME_NAME_BIRTH_AND_GUARDIAN'
  | 'SAME_NAME_AND_BIRTH';

/** SAME: the same child. ALIKE: perhaps the same child; a person has to look. NONE: two children. */
export type Relation = 'SAME' | 'ALIKE' | 'NONE';

/** A name as everybody writes it: without spaces, one kind of middle dot, one width, one case. */
const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/\s/gu, '')
    .replaceAll(/[・•‧∙⋅.]/gu, '·')
    .toUpperCase();

const nameOf = ({ name, birthDate, gender }: ChildShown): string =>
  [plainName(name), birthDate, gender].join('|');

/**
 * The numbers that alone name one person: resident ID numbers and residence permits under whatever type, the permits of
 * Hong Kong, Macao and Taiwan under theirs, a passport together with the country that numbers it. Of other documents
 * nobody vouches that each number was given once: they name a person together with name and birth.
 */
const claimsOfDocument = (
  name: string,
  nationality: string,
  type: string,
  { plain, holder, isNational }: DocumentNumber,
): string[] => {
  if (isNational) return [`RESIDENT_ID|${plain}`];
  const named = `NAMED|${name}|${holder}`;
  if (type === 'HK_MACAO_PERMIT' || type === 'TAIWAN_PERMIT') return [`${type}|${holder}`, named];
  if (type === 'PASSPORT') return [`${type}|${nationality}|${plain}`, named];
  return [named];
};

/**
 * The child named together with each of those who answer for it: schools list the parents in any order, or one. Where
 * none of them has a document, the relatives on the form stand in.
 */
const namesWithGuardians = (name: string, guardians: ChildShown['guardians']): string[] => {
  const documented = guardians.flatMap(({ isLegalGuardian, document }) =>
    document === null ? [] : [{ isLegalGuardian, ...readDocumentNumber(document.number) }],
  );
  const legal = documented.filter(({ isLegalGuardian }) => isLegalGuardian);
  const numbers = (legal.length > 0 ? legal : documented).map(({ holder, isNational }) =>
    isNational ? `RESIDENT_ID|${holder}` : holder,
  );
  return [...new Set(numbers)].map((number) => `${name}|${number}`);
};

/** Everything by which a child is found among others (ID-17). Values hold personal data: hash them before keeping. */
export const traitsOf = (child: ChildShown): NamedTrait[] => {
  enforces('ID-17');
  const { document, guardians, nationality } = child;
  const name = nameOf(child);
  const kin = namesWithGuardians(name, guardians);
  const named = { value: name, by: 'SAME_NAME_AND_BIRTH' } as const;
  const withKin = (kind: Trait['kind']) =>
    kin.map((value): NamedTrait => ({ kind, value, by: 'SAME_NAME_BIRTH_AND_GUARDIAN' }));
  if (document === null) return [...withKin('CLAIM'), { kind: 'OPEN', ...named }];
  const number = readDocumentNumber(document.number);
  return [
    ...claimsOfDocument(name, nationality, document.type, number).map(
      (value): NamedTrait => ({ kind: 'CLAIM', value, by: 'SAME_DOCUMENT' }),
    ),
    ...withKin('KIN'),
    { kind: number.isResidentId ? 'PROVEN' : 'OPEN', ...named },
    ...(number.isNational
      ? []
      : [
          { kind: 'OPEN', value: `NUMBER|${number.holder}`, by: 'SAME_DOCUMENT_NUMBER' } satisfies NamedTrait,
        ]),
  ];
};

/** What two children are to each other whose traits meet in one value. */
const relationAt = (one: Trait['kind'], other: Trait['kind']): Relation => {
  const kinds = new Set([one, other]);
  if (kinds.has('CLAIM')) return 'SAME';
  return kinds.size === 1 && kinds.has('PROVEN') ? 'NONE' : 'ALIKE';
};

/**
 * What two children are to each other (ID-01, ID-17). A document in common, or name, birth, gender and a guardian where
 * one of the two has no document of its own, makes them one child. Name, birth and gender alone make them alike, unless
 * each has shown a resident ID number: then only a common guardian does, as namesakes of one day are many.
 */
export const relationOf = (one: readonly Trait[], other: readonly Trait[]): Relation => {
  const met = one.flatMap(({ kind, value }) =>
    other
      .filter((candidate) => candidate.value === value)
      .map((candidate) => relationAt(kind, candidate.kind)),
  );
  if (met.includes('SAME')) return 'SAME';
  return met.includes('ALIKE') ? 'ALIKE' : 'NONE';
};

/** What two children have in common as far as it brings them near, the strongest first. */
export const likenessesOf = (one: readonly NamedTrait[], other: readonly NamedTrait[]): Likeness[] => {
  const common = new Set(
    one.flatMap(({ kind, value, by }) =>
      other.some((candidate) => candidate.value === value && relationAt(kind, candidate.kind) !== 'NONE')
        ? [by]
        : [],
    ),
  );
  return LIKENESSES.filter((likeness) => common.has(likeness));
};

const LIKENESSES: readonly Likeness[] = [
  'SAME_DOCUMENT',
  'SAME_DOCUMENT_NUMBER',
  'SAME_NAME_BIRTH_AND_GUARDIAN',
  'SAME_NAME_AND_BIRTH',
];

/** Both show the same document, or neither shows any; however often it was issued. */
export const showSameDocument = (one: ChildShown, other: ChildShown): boolean =>
  (one.document && readDocumentNumber(one.document.number).holder) ===
  (other.document && readDocumentNumber(other.document.number).holder);
