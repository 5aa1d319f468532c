import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { ClassAssigned } from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import { isCounted, readStockEvent, type StockEvent } from '../stock/pupil.ts';

/** A registered person and the class in which the person sits. */
export type Member = {
  person: string;
  enrollment: string;
  place: number;
  stage: string;
  entryYearAdj: number;
  lastGrade: number;
  schoolClass: string | null;
};

/** A class, where it is, and how many sit in it: of the cohort of whoever sat down first. */
export type SchoolClass = Pick<Member, 'place' | 'stage' | 'entryYearAdj' | 'lastGrade'> & {
  id: string;
  size: number;
};

/** What an event means for who sits where. */
export type SeatEvent =
  | { kind: 'SEATED'; person: string; enrollment: string; schoolClass: string }
  | { kind: 'TOLD'; told: StockEvent; wholeSchool: boolean };

/** Reads an event; `undefined` for kinds that change no seat. */
export const readSeatEvent = (event: Envelope): SeatEvent | undefined => {
  if (event.type === ClassAssigned.type) {
    const { person, enrollment, schoolClass } = readEvent(ClassAssigned, event);
    return { kind: 'SEATED', person, enrollment, schoolClass };
  }
  const told = readStockEvent(event);
  return told && { kind: 'TOLD', told, wholeSchool: event.type === EnrollmentMoved.type };
};

export const personOf = (event: SeatEvent): string =>
  event.kind === 'SEATED' ? event.person : event.told.person;

/**
 * Who sits where, for the persons and classes of a batch. As at the school itself: whoever leaves, goes to another school or
 * joins another cohort than the class's own gives up the seat; with a school that goes on in another one its classes go along.
 */
export class Seating {
  readonly members: Map<string, Member>;
  readonly classes: Map<string, SchoolClass>;

  constructor(members: readonly Member[], classes: readonly SchoolClass[]) {
    this.members = new Map(members.map((member) => [member.person, member]));
    this.classes = new Map(classes.map((known) => [known.id, known]));
  }

  apply(event: SeatEvent): void {
    if (event.kind === 'SEATED') this.#seat(event);
    else if (event.told.kind === 'REGISTERED') this.#register(event.told);
    else if (event.told.kind === 'STATUS') this.#change(event.told, event.wholeSchool);
  }

  #seat({ person, enrollment, schoolClass }: SeatEvent & { kind: 'SEATED' }): void {
    const member = this.members.get(person);
    if (member?.enrollment !== enrollment || member.schoolClass === schoolClass) return;
    this.#leave(member);
    const { place, stage, entryYearAdj, lastGrade } = member;
    const known = this.classes.get(schoolClass);
    const opened = { id: schoolClass, place, stage, entryYearAdj, lastGrade, size: 0 };
    const taken = known === undefined || known.size === 0 ? opened : known;
    this.classes.set(schoolClass, { ...taken, size: taken.size + 1 });
    this.members.set(person, { ...member, schoolClass });
  }

  #register({ person, place, registration }: StockEvent & { kind: 'REGISTERED' }): void {
    const { enrollment, stage, entryYearAdj, lastGrade } = registration;
    const before = this.members.get(person);
    if (before !== undefined) this.#leave(before);
    this.members.set(person, {
      person,
      enrollment,
      place,
      stage,
      entryYearAdj,
      lastGrade,
      schoolClass: null,
    });
  }

  #change(told: StockEvent & { kind: 'STATUS' }, wholeSchool: boolean): void {
    const before = this.members.get(told.person);
    if (before?.enrollment !== told.enrollment) return;
    const { stage, entryYearAdj, lastGrade } = { ...before, ...told.anew };
    const member = { ...before, place: told.place, stage, entryYearAdj, lastGrade };
    const known = before.schoolClass === null ? undefined : this.classes.get(before.schoolClass);
    if (wholeSchool && known !== undefined) {
      this.classes.set(known.id, { ...known, place: member.place, stage, entryYearAdj, lastGrade });
    }
    const stays =
      isCounted(told.status) &&
      (wholeSchool || entryYearAdj === before.entryYearAdj || entryYearAdj === known?.entryYearAdj);
    if (!stays) this.#leave(before);
    this.members.set(told.person, { ...member, schoolClass: stays ? before.schoolClass : null });
  }

  #leave({ person, schoolClass }: Member): void {
    const known = schoolClass === null ? undefined : this.classes.get(schoolClass);
    if (known === undefined) return;
    this.classes.set(known.id, { ...known, size: known.size - 1 });
    const member = this.members.get(person);
    if (member !== undefined) this.members.set(person, { ...member, schoolClass: null });
  }
}
