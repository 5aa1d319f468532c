import type { Pupil } from './roster.ts';

/** What comes of a case when the last party approves. */
export type CaseEffect = Partial<Pick<Pupil, 'status' | 'entryYearAdj'>> & { days?: Record<string, string> };

/** A case as those who work on it pass it on. */
export type CaseNote = {
  id: string;
  version: number;
  kind: string;
  pupil: Pupil;
  effect: CaseEffect;
  /** Whose turn it is: a school or a unit. */
  turn: string;
  /** The registrar whose turn it is has handled the step. */
  handled: boolean;
  /** It was given back to the school once. */
  wasReturned: boolean;
};

/** In-trays of schools and units: cases whose turn is theirs. */
export class CaseNotes {
  readonly #notes = new Map<string, CaseNote>();
  /** At most one case runs about a pupil. */
  readonly #byPupil = new Map<Pupil, CaseNote>();

  put(note: CaseNote): void {
    this.#notes.set(note.id, note);
    this.#byPupil.set(note.pupil, note);
  }

  ended({ id, pupil }: CaseNote): void {
    this.#notes.delete(id);
    this.#byPupil.delete(pupil);
  }

  /**
   * The school of these pupils goes on in another one: their cases go on there, a version later, and with the authority
   * that it has. The turns that change are pairs of the former and the new place.
   */
  succeeded(pupils: readonly Pupil[], turns: readonly (readonly [string, string])[]): void {
    for (const pupil of pupils) {
      const note = this.#byPupil.get(pupil);
      if (note === undefined) continue;
      const turn = turns.find(([here]) => here === note.turn)?.[1] ?? note.turn;
      this.put({ ...note, version: note.version + 1, turn });
    }
  }

  has(id: string): boolean {
    return this.#notes.has(id);
  }

  /** What runs about the pupil. */
  about(pupil: Pupil): CaseNote | undefined {
    return this.#byPupil.get(pupil);
  }

  isRunning(pupil: Pupil): boolean {
    return this.about(pupil) !== undefined;
  }

  /** Cases that wait at these places, in the order of the pupils' keys. */
  waitingAt(places: ReadonlySet<string>): CaseNote[] {
    return [...this.#notes.values()]
      .filter(({ turn }) => places.has(turn))
      .sort((a, b) => (a.pupil.key < b.pupil.key ? -1 : a.pupil.key > b.pupil.key ? 1 : 0));
  }

  /** Places where something waits, in order. */
  places(): string[] {
    return [...new Set([...this.#notes.values()].map(({ turn }) => turn))].sort();
  }
}
