import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Scope } from '#libs/platform/database/scope.ts';
import type { Workplace } from '#libs/platform/directory/directory.ts';
import { badInput, outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Post, postOf } from './post.ts';
import type { Registrar } from './registrar.ts';

/** Somebody at work on registrars: who, where, and what of the tree the workplace manages. */
export type Desk = { caller: Actor; own: Workplace; scope: Scope };

/** The caller's desk; throws OUT_OF_JURISDICTION where level and unit of the claims do not agree. */
export const deskOf = async (core: Pick<ServiceCore, 'directory'>, caller: Actor): Promise<Desk> => {
  const own = await core.directory.workplaceOf(caller);
  if (own === undefined) throw outOfJurisdiction();
  return { caller, own, scope: { lo: own.lo, hi: own.hi, persons: [] } };
};

/** True where the desk's unit manages the place, its own included. */
export const reaches = ({ own }: Desk, place: number): boolean => own.lo <= place && place <= own.hi;

export const isHigher = ({ own }: Desk, post: Post): boolean => own.code === post.higher;

/** The workplace itself or the next higher authority (W-21: nominate, replace); throws OUT_OF_JURISDICTION. */
export const requireOwnOrHigher = (desk: Desk, post: Post): void => {
  if (desk.own.code !== post.workplace && !isHigher(desk, post)) throw outOfJurisdiction();
};

/** The next higher authority, and nobody about their own account (ACC-05); throws OUT_OF_JURISDICTION. */
export const requireHigher = (desk: Desk, post: Post, registrar: Registrar): void => {
  if (!isHigher(desk, post) || desk.caller.subject === registrar.subject) throw outOfJurisdiction();
};

/** Any unit above the workplace, or the ministry for itself, and nobody about their own account. */
export const requireAbove = (desk: Desk, post: Post, registrar: Registrar): void => {
  const above = desk.own.code !== post.workplace || isHigher(desk, post);
  if (!above || !reaches(desk, post.place) || desk.caller.subject === registrar.subject)
    throw outOfJurisdiction();
};

/** The post of a registrar whose row is in scope; throws OUT_OF_JURISDICTION where it is gone. */
export const postOfRegistrar = async (tx: Tx, { workplace }: Registrar): Promise<Post> => {
  const post = await postOf(tx, workplace);
  if (post === undefined) throw outOfJurisdiction();
  return post;
};

/** What cannot be done to a registrar who stands elsewhere in the course of things (W-21). */
export const wrongState = (message: string): never => {
  throw badInput([{ path: ['registrar'], code: 'WRONG_STATE', message }]);
};
