import { type Desk, unitDesks } from './desks.ts';
import type { World } from './world.ts';

/** A term of the year that is lived, and the month in which people begin to think of its duties. */
export type Term = { schoolYear: number; term: 1 | 2; from: string };

export const TERMS: readonly Term[] = [
  { schoolYear: 2025, term: 1, from: '2025-12-01' },
  { schoolYear: 2025, term: 2, from: '2026-06-01' },
];

/** A duty of a term, as the list of it shows. */
export type Duty = {
  kind: string;
  county: { code: string };
  school: { id: string } | null;
  dueOn: string | null;
  doneAt: string | null;
  recordedIn: number | null;
  recordedOut: number | null;
  findings: { ruleId: string | null }[];
  /** The day on which it was done in this year. */
  doneOn?: string;
};

type Page = { termDuties: { edges: { node: Duty }[] } };

/** The whole list of a term as the provinces read it. */
export const dutiesOf = async (
  world: World,
  { schoolYear, term }: Term,
  filter: { missing?: boolean } = {},
): Promise<Duty[]> => {
  const found: Duty[] = [];
  for (const province of world.shared.plan.provinces) {
    const unit = `${province}0000`;
    found.push(
      ...(await listOf(world, unitDesks(unit, 'PROVINCE').head, { unit, schoolYear, term, filter })),
    );
  }
  return found;
};

const listOf = async (world: World, reader: Desk, asked: Record<string, unknown>): Promise<Duty[]> => {
  const page = await world.read<Page>(
    reader,
    `query ($unit: ID!, $schoolYear: SchoolYear!, $term: Int!, $filter: TermDutyFilter) {
       termDuties(unit: $unit, schoolYear: $schoolYear, term: $term, filter: $filter, first: 200) { edges { node {
         kind county { code } school { id } dueOn doneAt recordedIn recordedOut findings { ruleId } } } } }`,
    asked,
  );
  return (page?.termDuties.edges ?? []).map(({ node }) => node);
};

/** Code of the county or school whose duty it is. */
export const ownerOf = ({ school, county }: Duty): string => school?.id ?? county.code;
