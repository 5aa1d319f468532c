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
  unit: OrgUnit;
  /** The next higher authority: registry authority of a school, parent of a unit, the ministry for itself. */
  higher: string;
  law: LawPlace;
  facts: UnitFacts;
};

/** The post at a school or unit by its code; undefined where none has it, or the school has ended. */
export const postOf = async (tx: Tx, code: string): Promise<Post | undefined> =>
  code.length === 10 ? postAtSchool(tx, code) : postAtUnit(await treeAround(tx, [code]), code);

/** The post at a unit of the tree. */
export const postAtUnit = (tree: OrgTree, code: string): Post | undefined => {
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

const postAtSchool = async (tx: Tx, code: string): Promise<Post | undefined> => {
  const school = await tx.findOne(School, { code, state: 'ACTIVE' });
  if (school === null) return undefined;
  const tree = await treeAround(tx, [school.unit]);
  const unit = tree.find(school.unit);
  return (
    unit && {
      workplace: code,
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
