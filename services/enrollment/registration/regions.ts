import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { RegionLookup } from '../import/form-f1/parse-context.ts';

/** Taiwan, Hong Kong and Macao: divisions of GB/T 2260 that are no part of the management tree. */
const OUTSIDE_THE_TREE = /^(?:71|81|82)/;

/** The divisions in force: the units of the management tree, and those outside it. */
export const regionsOf = async (core: ServiceCore): Promise<RegionLookup> => {
  const units = await core.directory.units();
  return { knows: (code) => units.has(code) || OUTSIDE_THE_TREE.test(code) };
};
