import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import type { F1Row } from '#services/enrollment/import/form-f1/row.ts';
import { provinceOf } from './province-of.ts';

/**
 * A pupil as the people of the year know one: what was acknowledged to them, and nothing that only the registry says.
 * The examiner compares this with the registry's tables.
 */
export type Pupil = {
  /** Stable between two lives of the same year: class and seat. */
  key: string;
  person: string;
  name: string;
  school: string;
  stage: Stage;
  /** Grade one of the stage, as registrations count it. */
  entryYearAdj: number;
  status: EnrollmentStatus;
  /** The collection form; kept for those who may still need it. */
  form?: F1Row;
  isDisabled: boolean;
  isMigrant: boolean;
  /** Days that something further depends on, by what it is: suspendedUntil, leftOn. */
  days: Record<string, string>;
};

/** How many came into and went out of the registers of a school. */
export type Flow = { opening: number; in: number; out: number };

/** States in which a pupil stands in the registers of a school, from registration to the end of the stage. */
const STANDING: ReadonlySet<EnrollmentStatus> = new Set([
  'PENDING_APPROVAL',
  'RETURNED_TO_SCHOOL',
  'IN_SCHOOL',
  'SUSPENDED',
]);
export const stands = (status: EnrollmentStatus): boolean => STANDING.has(status);

/** Children whom a province knew at the beginning and met since, and how many came to it from the others and went to them. */
export type ProvinceFlow = { found: number; entered: number; came: number; went: number };

type Change = Partial<Pick<Pupil, 'school' | 'stage' | 'entryYearAdj' | 'status' | 'name'>>;

/** Everybody whom the year has met, and how they moved between schools. */
export class Roster {
  readonly #pupils = new Map<string, Pupil>();
  readonly #bySchool = new Map<string, Map<string, Pupil>>();
  readonly #flows = new Map<string, Flow>();
  readonly #provinces = new Map<string, ProvinceFlow>();
  readonly #crossings = new Map<string, number>();
  #sorted: Pupil[] | undefined;

  /** Somebody who was there before the year began. */
  found(pupil: Pupil): void {
    this.#keep(pupil);
    this.#province(pupil.school).found++;
    if (stands(pupil.status)) this.#flow(pupil.school).opening++;
  }

  /** Somebody whose registration was acknowledged. */
  entered(pupil: Pupil): void {
    this.#keep(pupil);
    this.#province(pupil.school).entered++;
    if (stands(pupil.status)) this.#flow(pupil.school).in++;
  }

  /** What was acknowledged of somebody. */
  changed(pupil: Pupil, change: Change): void {
    const before = { school: pupil.school, stood: stands(pupil.status) };
    if (change.school !== undefined && change.school !== pupil.school) {
      this.#bySchool.get(pupil.school)?.delete(pupil.person);
      this.#ofSchool(change.school).set(pupil.person, pupil);
    }
    Object.assign(pupil, change);
    this.#crossed(before.school, pupil.school);
    const after = stands(pupil.status);
    if (before.stood && (!after || before.school !== pupil.school)) this.#flow(before.school).out++;
    if (after && (!before.stood || before.school !== pupil.school)) this.#flow(pupil.school).in++;
  }

  of(person: string): Pupil | undefined {
    return this.#pupils.get(person);
  }

  /** Everybody in the order of the keys. */
  all(): readonly Pupil[] {
    this.#sorted ??= sorted(this.#pupils.values());
    return this.#sorted;
  }

  /** Pupils of a school in the order of their keys. */
  at(school: string, status?: EnrollmentStatus): Pupil[] {
    const pupils = sorted(this.#bySchool.get(school)?.values() ?? []);
    return status === undefined ? pupils : pupils.filter((pupil) => pupil.status === status);
  }

  flows(): ReadonlyMap<string, Flow> {
    return this.#flows;
  }

  /** By the two digits of the province. */
  provinces(): ReadonlyMap<string, ProvinceFlow> {
    return this.#provinces;
  }

  /** How many went from one province to another, by both: 14>41. */
  crossings(): ReadonlyMap<string, number> {
    return this.#crossings;
  }

  #crossed(before: string, after: string): void {
    if (provinceOf(before) === provinceOf(after)) return;
    this.#province(before).went++;
    this.#province(after).came++;
    const way = `${provinceOf(before)}>${provinceOf(after)}`;
    this.#crossings.set(way, (this.#crossings.get(way) ?? 0) + 1);
  }

  #province(school: string): ProvinceFlow {
    const known = this.#provinces.get(provinceOf(school)) ?? { found: 0, entered: 0, came: 0, went: 0 };
    this.#provinces.set(provinceOf(school), known);
    return known;
  }

  #keep(pupil: Pupil): void {
    this.#pupils.set(pupil.person, pupil);
    this.#sorted = undefined;
    this.#ofSchool(pupil.school).set(pupil.person, pupil);
  }

  #ofSchool(school: string): Map<string, Pupil> {
    const known = this.#bySchool.get(school) ?? new Map<string, Pupil>();
    this.#bySchool.set(school, known);
    return known;
  }

  #flow(school: string): Flow {
    const known = this.#flows.get(school) ?? { opening: 0, in: 0, out: 0 };
    this.#flows.set(school, known);
    return known;
  }
}

const sorted = (pupils: Iterable<Pupil>): Pupil[] =>
  [...pupils].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
