import type { Pupil } from './roster.ts';

/** What the year was told of who a child is and of what is kept of it; what was never told is absent. */
export type ToldOf = {
  name?: string;
  documentNumber?: string;
  contactPhone?: string;
  ethnicity?: string;
  isBoarder?: boolean;
};

/** A child of whom something was acknowledged. */
export type Acknowledged = {
  pupil: Pupil;
  told: ToldOf;
  /** Changes of key information that came into effect. */
  keyChanges: number;
  /** The day on which the last of it was acknowledged. */
  on: string;
};

/** How a problem record was left the last time that somebody worked on it. */
export type ProblemNote = { state: string; pupil: Pupil };

/** What was acknowledged to people about persons, for the examiner to compare with what is kept of them. */
export class IdentityNotes {
  readonly #children = new Map<Pupil, Acknowledged>();
  /** By the id of the record. */
  readonly problems = new Map<string, ProblemNote>();

  told(pupil: Pupil, told: ToldOf, on: string): void {
    this.#note(pupil, told, on, 0);
  }

  /** A change of key information is in effect. */
  keyChanged(pupil: Pupil, told: ToldOf, on: string): void {
    this.#note(pupil, told, on, 1);
  }

  /** What was acknowledged of a child so far. */
  toldOf(pupil: Pupil): ToldOf {
    return this.#children.get(pupil)?.told ?? {};
  }

  /** Children of whom something was acknowledged from a day on. */
  since(day: string): Acknowledged[] {
    return [...this.#children.values()]
      .filter(({ on }) => on >= day)
      .sort((a, b) => (a.pupil.key < b.pupil.key ? -1 : 1));
  }

  #note(pupil: Pupil, told: ToldOf, on: string, keyChanges: number): void {
    const known = this.#children.get(pupil);
    this.#children.set(pupil, {
      pupil,
      on,
      told: { ...known?.told, ...told },
      keyChanges: (known?.keyChanges ?? 0) + keyChanges,
    });
  }
}
