import type { UnitFact } from '#libs/contracts/events/organization.ts';
import type { Authority } from '#libs/law/ticket/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Tree } from './consequences.ts';

/** The tree as it is known now, asked many times over by one batch. */
export const treeNow = async ({ directory }: Pick<ServiceCore, 'directory'>): Promise<Tree> => {
  const units = await directory.units();
  return {
    wayTo: (code) => {
      const way: Authority[] = [];
      for (let at: UnitFact | undefined = units.get(code); at !== undefined; at = units.get(at.parent ?? ''))
        if (at.level !== 'SCHOOL') way.unshift({ level: at.level, unit: at.code });
      return way;
    },
    workplace: (code) => {
      const unit = units.get(code);
      return unit && { code, place: unit.lo, province: unit.province };
    },
  };
};
