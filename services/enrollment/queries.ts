import type { MikroORM } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { isUuid } from '#libs/contracts/ids.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope, type Scope } from '#libs/platform/database/scope.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { BatchView } from './batch/list.ts';
import { type CaseRecord, casesById } from './cases/case-rows.ts';
import { type ClassTeacher, teachersOf } from './class-teachers.ts';
import { type EnrollmentKey, readEnrollmentId } from './enrollment-id.ts';
import { Enrollment, Pupil, SchoolClass } from './entities.ts';
import type { EnrollmentRow } from './registration/after-registration.ts';

/** Reads of one operation, batched, bound to the caller's scope by the database. */
export type Registrations = {
  /** All registrations of a person, oldest first; the versions come along. */
  ofPerson: DataLoader<string, Enrollment[]>;
  version: DataLoader<string, number | null>;
  /** Classes that the scope covers; who may see their members is decided by the members' rows. */
  schoolClass: DataLoader<string, SchoolClass | null>;
  /** By class; null where nobody leads it, or the scope does not cover it. */
  teacher: DataLoader<string, ClassTeacher | null>;
  /** By case; null where the scope does not cover it. */
  case: DataLoader<string, CaseRecord | null>;
};

export const createRegistrations = (
  { app, worker }: Pick<ServiceCore, 'app' | 'worker'>,
  { read, scope }: Pick<RequestContext, 'read' | 'scope'>,
): Registrations => {
  const options = { maxBatchSize: 200 };
  const version = new DataLoader<string, number | null>(async (persons) => {
    const rows = await read((tx) => tx.find(Pupil, { personId: { $in: [...persons] } }));
    const versions = new Map(rows.map((row) => [row.personId, row.version]));
    return persons.map((person) => versions.get(person) ?? null);
  }, options);
  return {
    version,
    ofPerson: new DataLoader(async (persons) => {
      const those = { personId: { $in: [...persons] } };
      const [rows, pupils] = await read((tx) =>
        Promise.all([
          tx.find(Enrollment, those, { orderBy: { registeredAt: 'asc' } }),
          tx.find(Pupil, those),
        ]),
      );
      for (const pupil of pupils) version.prime(pupil.personId, pupil.version);
      const groups = new Map<string, Enrollment[]>(persons.map((person) => [person, []]));
      for (const row of rows) groups.get(row.personId)?.push(row);
      return persons.map((person) => groups.get(person) ?? []);
    }, options),
    schoolClass: new DataLoader(async (ids) => {
      const rows = await classesIn(app, worker, await scope(), ids);
      const byId = new Map(rows.map((row) => [row.classId, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }, options),
    teacher: new DataLoader(async (ids) => {
      const teachers = await read((tx) => teachersOf(tx, ids));
      return ids.map((id) => teachers.get(id) ?? null);
    }, options),
    case: new DataLoader(async (ids) => {
      const cases = await read((tx) => casesById(tx, ids));
      const byId = new Map(cases.map((found) => [found.id, found]));
      return ids.map((id) => byId.get(id) ?? null);
    }, options),
  };
};

/**
 * Classes of the own range; for whoever has a list of persons instead of a range, the classes in which one of them
 * sits or sat. Row-level security finds those persons' rows first: it knows no class by its members.
 */
const classesIn = async (
  app: MikroORM,
  worker: MikroORM,
  scope: Scope,
  ids: readonly string[],
): Promise<SchoolClass[]> => {
  if (scope.lo <= scope.hi) {
    return inScope(app, scope, (tx) => tx.find(SchoolClass, { classId: { $in: [...ids] } }));
  }
  const seats = await inScope(app, scope, (tx) => tx.find(Enrollment, { classId: { $in: [...ids] } }));
  const seated = [...new Set(seats.flatMap(({ classId }) => classId ?? []))];
  if (seated.length === 0) return [];
  return asWorker(worker, (tx) => tx.find(SchoolClass, { classId: { $in: seated } }));
};

/** What an operation has written itself, for the only registration of a person, need not be read again. */
export const keepWritten = (
  app: MikroORM,
  { ofPerson, version }: Registrations,
  written: EnrollmentRow,
): void => {
  const row = app.em.fork({ disableContextResolution: true }).map(Enrollment, written);
  ofPerson.prime(written.person_id, [row]);
  version.prime(written.person_id, 1);
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

/** A monthly list that the scope takes part in; the ministry's centre, which checks them all, has no range. */
export const findBatch = async (
  { app, worker }: Pick<ServiceCore, 'app' | 'worker'>,
  { actor, scope }: Pick<RequestContext, 'actor' | 'scope'>,
  id: string,
): Promise<BatchView | null> => {
  const read = (tx: Tx) =>
    query<BatchView>(
      tx,
      `select batch_id as "batchId", province, month, status, to_char(due_on, 'YYYY-MM-DD') as "dueOn"
       from grade_batch where batch_id = $1`,
      [id],
    );
  const checks = actor !== null && isGranted(actor, 'batch.check');
  const [row] = checks ? await asWorker(worker, read) : await inScope(app, await scope(), read);
  return row ?? null;
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
