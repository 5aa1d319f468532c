import type { UnitFacts } from '#libs/law/account/registrar-duty.ts';
import type { LawPlace } from '#libs/law/layers.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { School } from '../entities.ts';
import { treeAround } from '../store/units.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';

/** Where somebody works for registrations: a school in being, or a unit. */
export type Post = {
  workplace: string;
  isSchool: boolean;
  place: number;
  /** The unit itself, or that in whose line the school stands. */
  unit: OrgUnit;
  /** The next higher authority: registry authority of a school, parent of a unit, the ministry for itself. */
  higher: string;
  law: LawPlace;
  facts: UnitFacts;
};

const isSchoolCode = (code: string): boolean => code.length === 10;

/** Posts at schools and units by their codes; those that nobody has, and of schools that have ended, are left out. */
export const postsOf = async (tx: Tx, codes: readonly string[]): Promise<Map<string, Post>> => {
  const schools = await tx.find(School, { code: { $in: codes.filter(isSchoolCode) }, state: 'ACTIVE' });
  const units = codes.filter((code) => !isSchoolCode(code));
  const tree = await treeAround(tx, [...new Set([...units, ...schools.map(({ unit }) => unit)])]);
  const posts = [
    ...schools.flatMap((school) => postAtSchool(tree, school) ?? []),
    ...units.flatMap((code) => postAtUnit(tree, code) ?? []),
  ];
  return new Map(posts.map((post) => [post.workplace, post]));
};

/** The post at a school or unit by its code; undefined where none has it, or the school has ended. */
export const postOf = async (tx: Tx, code: string): Promise<Post | undefined> =>
  (await postsOf(tx, [code])).get(code);

const postAtUnit = (tree: OrgTree, code: string): Post | undefined => {
  const unit = tree.find(code);
  return (
    unit && {
      workplace: code,
      isSchool: false,
      place: unit.lo,
      unit,
      higher: unit.parent ?? unit.code,
      law: lawPlaceOf(tree, unit),
      facts: { kind: 'AUTHORITY', stages: [] },
    }
  );
};

/** What of a school makes its post. */
type SchoolFacts = Pick<School, 'code' | 'unit' | 'place' | 'authority' | 'ownership' | 'stages'>;

/** The post at a school, whose unit is in the tree. */
export const postAtSchool = (tree: OrgTree, school: SchoolFacts): Post | undefined => {
  const unit = tree.find(school.unit);
  return (
    unit && {
      workplace: school.code,
      isSchool: true,
      place: school.place,
      unit,
      higher: school.authority,
      law: lawPlaceOf(tree, unit),
      facts: {
        kind: school.ownership === 'PUBLIC' ? 'PUBLIC_SCHOOL' : 'PRIVATE_SCHOOL',
        stages: school.stages.map(({ stage }) => stage),
      },
    }
  );
};
