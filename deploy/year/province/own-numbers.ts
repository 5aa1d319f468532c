import { checkCharacter } from '#libs/law/identity/citizen-id.ts';
import type { F1Row } from '#services/enrollment/import/form-f1/row.ts';

/**
 * Resident ID numbers that the pupils of the demo never have: theirs are counted down from 999, these up from 001 or from
 * another beginning, so that nobody who is added to them is somebody else's double by accident.
 */
export class OwnNumbers {
  readonly #given = new Map<string, number>();
  readonly #from: number;

  /** @param from half of the first serial number */
  constructor(from = 0) {
    this.#from = from;
  }

  next(region: string, birthDate: string, gender: string): string {
    const day = `${region}${birthDate.replaceAll('-', '')}`;
    const nth = this.#given.get(`${day}${gender}`) ?? this.#from;
    this.#given.set(`${day}${gender}`, nth + 1);
    const body = `${day}${String(nth * 2 + (gender === 'MALE' ? 1 : 2)).padStart(3, '0')}`;
    return body + checkCharacter(body);
  }
}

/**
 * A form with another document number.
 * @param mark two digits in place of the 99 by which the demo marks made-up permits and passports
 */
export const changedNumber = (form: F1Row, numbers: OwnNumbers, mark: string): F1Row => {
  const { student } = form;
  const { idDocumentType, idDocumentNumber, birthDate, gender } = student;
  if (idDocumentNumber === null) return form;
  const changed =
    idDocumentType === 'RESIDENT_ID'
      ? numbers.next(idDocumentNumber.slice(0, 6), birthDate, gender)
      : idDocumentNumber.replace('99', mark);
  return { ...form, student: { ...student, idDocumentNumber: changed } };
};
