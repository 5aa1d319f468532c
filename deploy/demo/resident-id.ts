import type { Gender } from '#libs/contracts/vocabulary.ts';
import { addDays, daysBetween, type IsoDate } from '#libs/law/dates.ts';
import { checkCharacter } from '#libs/law/identity/citizen-id.ts';

/** A birth date with the ID number that carries it. */
export type IdentifiedBirth = { birthDate: IsoDate; idNumber: string };

/** Days between which somebody was born, both included. */
export type BirthWindow = { from: IsoDate; to: IsoDate };

/**
 * Gives out resident ID numbers, each once: right in form, region and check character, and made up.
 *
 * The standard reserves no range for tests. Sequence numbers are therefore taken from the top (999, 998, 997,
 * 996): registration offices number the births of a day from the bottom, and 996-999 were once kept for persons
 * above a hundred. When two of a gender are born in a region on a day, the next takes a nearby day, so that no
 * other sequence numbers occur among five million pupils. A chance hit on a living person cannot be ruled out by
 * form alone; none is taken from any real list.
 */
export class ResidentIdIssuer {
  readonly #given = new Map<string, Uint8Array>();
  readonly #window: BirthWindow;
  readonly #days: number;
  readonly #dates: IsoDate[] = [];

  /** @param window every birth that will ever be asked for lies in it. */
  constructor(window: BirthWindow) {
    this.#window = window;
    this.#days = daysBetween(window.from, window.to) + 1;
  }

  /**
   * A new number in a region for a birth within the window, on the day `at` (0 to 1 of the window) or, where that
   * is taken, a day near it.
   */
  issue(region: string, gender: Gender, window: BirthWindow, at: number): IdentifiedBirth {
    const first = this.#dayOf(window.from);
    const length = this.#dayOf(window.to) - first + 1;
    const wanted = Math.min(length - 1, Math.floor(at * length));
    const given = this.#givenIn(region, gender);
    let day = first + wanted;
    for (let step = 0; step < PROBES && (given[day] ?? 0) >= UNUSUAL; step++) {
      day = first + ((wanted + step + 1) % length);
    }
    const before = given[day] ?? 0;
    if (before === 0xff) throw new RangeError(`no ID numbers left in region ${region} on one day`);
    given[day] = before + 1;
    const birthDate = this.#dateOf(day);
    const sequence = (gender === 'MALE' ? 999 : 998) - 2 * before;
    const seventeen = region + birthDate.slice(0, 4) + birthDate.slice(5, 7) + birthDate.slice(8) + sequence;
    return { birthDate, idNumber: seventeen + checkCharacter(seventeen) };
  }

  #dayOf(date: IsoDate): number {
    const day = (Date.parse(date) - Date.parse(this.#window.from)) / 86_400_000;
    if (day < 0 || day >= this.#days) throw new RangeError('birth outside the window of this issuer');
    return day;
  }

  #dateOf(day: number): IsoDate {
    const known = this.#dates[day];
    if (known !== undefined) return known;
    const date = addDays(this.#window.from, day);
    this.#dates[day] = date;
    return date;
  }

  #givenIn(region: string, gender: Gender): Uint8Array {
    const key = region + gender;
    const known = this.#given.get(key);
    if (known !== undefined) return known;
    const fresh = new Uint8Array(this.#days);
    this.#given.set(key, fresh);
    return fresh;
  }
}

/** Sequence numbers a day, region and gender before a nearby day is tried: 999 and 997, 998 and 996. */
const UNUSUAL = 2;
const PROBES = 12;
