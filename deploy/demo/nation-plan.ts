import { placeOf } from '#services/organization/school/place.ts';
import { codeTypeOf, formatSchoolCode } from '#services/organization/school/school-code.ts';
import { type System, spansOf } from '#services/organization/school/stages.ts';
import type { OrgTree } from '#services/organization/tree/org-tree.ts';
import { registryAuthorityOf } from '#services/organization/tree/registry-authority.ts';
import { streetAddress } from './addresses.ts';
import { demoAdmissionAreas } from './admission-areas.ts';
import { CORE_SCHOOLS, type SchoolSketch } from './core-schools.ts';
import { type DemoSchool, divisionName, unitOf } from './demo-school.ts';
import { provinceSchools } from './province-plan.ts';
import { randomOf } from './random.ts';
import { nationTree } from './units.ts';

/** How large a demo nation is, which one, and when. Equal options give equal nations, to the last character. */
export type DemoOptions = {
  /** Pupils, exactly. Below 20,000 the schools of 20,000 stay and their classes become smaller. */
  scale?: number;
  seed?: string | number;
  /** The school year that is running; its autumn. */
  schoolYear?: number;
};

export type NationPlan = Required<DemoOptions> & { tree: OrgTree; schools: DemoSchool[] };

/** Pupils for which every province has schools with classes of ordinary size. */
export const SMALLEST_WHOLE_NATION = 20_000;

/** Shanghai and Yantai teach five years of primary and four of junior school. */
const systemOf = (unit: string): System => (unit.startsWith('31') || unit.startsWith('3706') ? 'S54' : 'S63');

/** Every school of a demo nation with its code and place; the core schools first. */
export function planNation({ scale = 20_000, seed = 1, schoolYear = 2026 }: DemoOptions = {}): NationPlan {
  const tree = nationTree();
  const sketches = [...CORE_SCHOOLS, ...provinceSchools(tree, Math.max(scale, SMALLEST_WHOLE_NATION), seed)];
  return { scale, seed, schoolYear, tree, schools: enterSchools(tree, sketches, seed) };
}

const OPENED_ON = '2005-09-01';

/** Schools with their codes and places, given out in the order of the sketches. */
export function enterSchools(
  tree: OrgTree,
  sketches: readonly SchoolSketch[],
  seed: string | number,
): DemoSchool[] {
  const sequences = new Counter();
  return sketches.map((sketch) => enter(tree, sketch, sequences, seed));
}

function enter(tree: OrgTree, sketch: SchoolSketch, sequences: Counter, seed: string | number): DemoSchool {
  const unit = unitOf(tree, sketch.unit);
  const authority = registryAuthorityOf(tree, { managedBy: sketch.managedBy, unit });
  if (authority === undefined) throw new Error(`unit ${sketch.unit} has no ${sketch.managedBy} above it`);
  const type = codeTypeOf(sketch.kind, sketch.stages);
  const code = formatSchoolCode({
    type,
    province: unit.province,
    sequence: sequences.next(type + unit.province),
  });
  const system = systemOf(unit.code);
  const line = [unit, ...tree.ancestors(unit)];
  return {
    code,
    name: sketch.name,
    kind: sketch.kind,
    stages: spansOf(system, sketch.stages),
    system,
    ownership: sketch.ownership,
    sponsor: sketch.ownership === 'PUBLIC' ? 'GOVERNMENT' : 'OTHER_ORGANISATION',
    state: 'ACTIVE',
    managedBy: sketch.managedBy,
    authority: authority.code,
    unit: unit.code,
    place: placeOf(authority, sequences.next(authority.code)),
    openedOn: OPENED_ON,
    endedOn: null,
    formerNames: [],
    predecessor: null,
    successor: null,
    succession: null,
    admissionAreas: demoAdmissionAreas(sketch, OPENED_ON),
    competentAuthority: sketch.competentAuthority ?? null,
    province: unit.province,
    city: line.find((each) => each.level === 'CITY')?.code ?? null,
    county: line.find((each) => each.level === 'COUNTY')?.code ?? null,
    address: streetAddress(
      sketch.division,
      divisionName(tree, sketch.division),
      randomOf(seed, 'address', code),
    ),
    division: sketch.division,
    streams: sketch.streams,
  };
}

class Counter {
  readonly #counts = new Map<string, number>();

  next(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }
}
