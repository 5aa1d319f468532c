import { nationTree } from '#deploy/demo/units.ts';
import { Failure } from '#deploy/local/failure.ts';
import type { LawPlace } from '#libs/law/layers.ts';
import type { OrgTree } from '#services/organization/tree/org-tree.ts';

/** Codes as they were typed. */
export type TypedPlace = { province?: string; city?: string; county?: string };

const levels = { province: 'PROVINCE', city: 'CITY', county: 'COUNTY' } as const;

/** The unit of a code, which has to be of its level and within the province. */
const problemWith = (tree: OrgTree, name: keyof typeof levels, code: string, province: string) => {
  const unit = tree.find(code);
  if (unit?.level !== levels[name])
    return `--${name} ${code} is the code of no ${name} (GB/T 2260, six digits).`;
  return name === 'province' || unit.province === province
    ? undefined
    : `--${name} ${code} does not lie in the province ${province}.`;
};

/** The place at which the law is asked for. Throws `Failure` that names every code that is wrong. */
export const lawPlaceOf = ({ province, city, county }: TypedPlace): LawPlace => {
  if (province === undefined)
    throw new Failure('Where? --province takes the code of a province, such as 140000.');
  const tree = nationTree();
  const typed = { province, ...(city && { city }), ...(county && { county }) };
  const problems = (['province', 'city', 'county'] as const).flatMap((name) => {
    const code = typed[name];
    return code === undefined ? [] : (problemWith(tree, name, code, province) ?? []);
  });
  if (problems.length > 0) throw new Failure(...problems);
  return typed;
};
