import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { documentContext } from '../person/claim-key.ts';
import { KeyFacts } from './values.ts';

/** What a command on a change needs of its service. */
export type ChangeCore = Pick<ServiceCore, 'directory' | 'sealing' | 'clock'>;

/** A person as a change looks at it. */
export type PersonState = {
  person: string;
  place: number;
  province: string;
  school: string;
  isRegistered: boolean;
  kind: StudentNumberKind | null;
  values: KeyFacts;
  /** Owner's version of the person. */
  version: number;
};

type Row = {
  person_id: string;
  place: string;
  province: string;
  school: string;
  registered: boolean;
  approved: boolean;
  number_kind: StudentNumberKind | null;
  version: number;
  name: string;
  gender: string;
  birth_date: string;
  document_type: string;
  sealed: Buffer | null;
};

const stateOf = (row: Row, sealing: Sealing): PersonState => ({
  person: row.person_id,
  place: Number(row.place),
  province: row.province,
  school: row.school,
  isRegistered: row.registered && row.approved,
  kind: row.number_kind,
  values: KeyFacts.parse({
    name: row.name,
    gender: row.gender,
    birthDate: row.birth_date,
    idDocumentType: row.document_type,
    idDocumentNumber: row.sealed && sealing.open(row.sealed, documentContext(row.person_id)),
  }),
  version: row.version,
});

const reading = (tail: string): string =>
  `select p.person_id, p.place, p.province, p.school, p.registered, p.approved, p.number_kind, p.version, p.name,
          p.gender, p.birth_date::text, p.document_type, d.sealed
   from person p
   left join identity_document d on d.person_id = p.person_id and d.valid_to is null
   where p.person_id = any($1::uuid[]) ${tail}`;

/** A person with its lock; nothing where the scope does not cover it. */
export const lockPersonState = async (
  tx: Tx,
  sealing: Sealing,
  person: string,
): Promise<PersonState | undefined> => {
  const [row] = await query<Row>(tx, reading('for update of p'), [[person]]);
  return row && stateOf(row, sealing);
};

/** Persons as they stand, for what is looked at again before it is written. */
export const personStates = async (
  tx: Tx,
  sealing: Sealing,
  persons: readonly string[],
): Promise<ReadonlyMap<string, PersonState>> =>
  new Map(
    (await query<Row>(tx, reading(''), [persons])).map((row) => [row.person_id, stateOf(row, sealing)]),
  );

/** Everything around a change that the law may look at. */
export type Situation = {
  school: SchoolFact;
  lawPlace: LawPlace;
  now: string;
  today: string;
  calendar: ReturnType<typeof workingDayCalendar>;
};

export const situationOf = async (core: ChangeCore, school: string): Promise<Situation> => {
  const fact = await core.directory.school(school);
  if (fact === undefined) throw new Error('A person is registered at a school that nobody knows');
  return {
    school: fact,
    lawPlace: lawPlaceOfSchool(fact),
    now: core.clock.now(),
    today: core.clock.today(),
    calendar: workingDayCalendar(await core.directory.workingDays()),
  };
};
