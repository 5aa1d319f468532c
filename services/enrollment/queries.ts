import type { MikroORM } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { isUuid } from '#libs/contracts/ids.ts';
import { asWorker, inScope, type Scope } from '#libs/platform/database/scope.ts';
import { type EnrollmentKey, readEnrollmentId } from './enrollment-id.ts';
import { Enrollment, Pupil, SchoolClass } from './entities.ts';

/** Reads of one operation, batched, bound to the caller's scope by the database. */
export type Registrations = {
  /** All registrations of a person, oldest first. */
  ofPerson: DataLoader<string, Enrollment[]>;
  version: DataLoader<string, number | null>;
  /** Classes hold no personal data; who may see their members is decided by the members' rows. */
  schoolClass: DataLoader<string, SchoolClass | null>;
};

export const createRegistrations = (
  app: MikroORM,
  worker: MikroORM,
  scope: () => Promise<Scope>,
): Registrations => {
  const options = { maxBatchSize: 200 };
  return {
    ofPerson: new DataLoader(async (persons) => {
      const rows = await inScope(app, await scope(), (tx) =>
        tx.find(Enrollment, { personId: { $in: [...persons] } }, { orderBy: { registeredAt: 'asc' } }),
      );
      const groups = new Map<string, Enrollment[]>(persons.map((person) => [person, []]));
      for (const row of rows) groups.get(row.personId)?.push(row);
      return persons.map((person) => groups.get(person) ?? []);
    }, options),
    version: new DataLoader(async (persons) => {
      const rows = await inScope(app, await scope(), (tx) =>
        tx.find(Pupil, { personId: { $in: [...persons] } }),
      );
      const versions = new Map(rows.map((row) => [row.personId, row.version]));
      return persons.map((person) => versions.get(person) ?? null);
    }, options),
    schoolClass: new DataLoader(async (ids) => {
      const rows = await asWorker(worker, (tx) => tx.find(SchoolClass, { classId: { $in: [...ids] } }));
      const byId = new Map(rows.map((row) => [row.classId, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }, options),
  };
};

export const findEnrollment = async (
  registrations: Registrations,
  key: EnrollmentKey,
): Promise<Enrollment | null> =>
  (await registrations.ofPerson.load(key.person)).find((row) => row.enrollmentId === key.enrollment) ?? null;

/** A class that the scope covers: one of the own range, or one in which somebody sits whom the caller may see. */
export const findClass = async (
  app: MikroORM,
  registrations: Registrations,
  scope: Scope,
  id: string,
): Promise<SchoolClass | null> => {
  const found = isUuid(id) ? await registrations.schoolClass.load(id) : null;
  if (found === null || (scope.lo <= found.place && found.place <= scope.hi)) return found;
  const seated = await inScope(app, scope, (tx) => tx.count(Enrollment, { classId: id, active: true }));
  return seated > 0 ? found : null;
};

/** Pupils of a class whom the scope covers. */
export const membersOf = (app: MikroORM, scope: Scope, id: string, first: number): Promise<Enrollment[]> =>
  inScope(app, scope, (tx) =>
    tx.find(Enrollment, { classId: id, active: true }, { orderBy: { personId: 'asc' }, limit: first }),
  );

/** The registration that counts on a day: the last one begun by then, if it had not ended. */
export const currentOf = (rows: readonly Enrollment[]): Enrollment | null =>
  rows.find((row) => row.active) ?? rows.at(-1) ?? null;

/** A registration as it stands after a command of this operation. */
export const changedEnrollment = (
  { registrations }: { registrations: Registrations },
  id: string,
): Promise<Enrollment | null> => {
  const key = readEnrollmentId(id);
  registrations.ofPerson.clear(key.person);
  registrations.version.clear(key.person);
  return findEnrollment(registrations, key);
};
