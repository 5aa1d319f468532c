import type { MikroORM } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { asWorker, inScope, type Scope } from '#libs/platform/database/scope.ts';
import { Enrollment, Pupil, SchoolClass } from './entities.ts';
import type { EnrollmentKey } from './enrollment-id.ts';

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

/** The registration that counts on a day: the last one begun by then, if it had not ended. */
export const currentOf = (rows: readonly Enrollment[]): Enrollment | null =>
  rows.find((row) => row.active) ?? rows.at(-1) ?? null;
