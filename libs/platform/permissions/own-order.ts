import type { Actor } from '../actor/actor.ts';
import type { Tx } from '../database/orm.ts';
import { asWorker, inScope, type Scope } from '../database/scope.ts';
import { outOfJurisdiction } from '../errors/errors.ts';
import type { ServiceCore } from '../service/definition.ts';

/**
 * Carries an order about a person out within the caller's scope. Families only read what is theirs: an order of theirs is
 * written by the service, about a child that is their own; throws OUT_OF_JURISDICTION for any other.
 */
export const withinOrder = async <T>(
  { app, worker }: Pick<ServiceCore, 'app' | 'worker'>,
  { level }: Pick<Actor, 'level'>,
  scope: Scope,
  person: string | undefined,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  if (level !== 'NONE') return inScope(app, scope, work);
  if (person === undefined || !scope.persons.includes(person)) throw outOfJurisdiction();
  return asWorker(worker, work);
};
