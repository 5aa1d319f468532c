import DataLoader from 'dataloader';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { deskOf } from './desk.ts';
import { type Post, postsOf } from './post.ts';
import { createStaffLoader, type Staff } from './staffing.ts';

/** Workplaces of one operation. Where somebody works is public, so no scope narrows it. */
export const createPosts = (core: ServiceCore): DataLoader<string, Post | null> =>
  new DataLoader(
    async (codes) => {
      const posts = await inScope(core.app, emptyScope, (tx) => postsOf(tx, codes));
      return codes.map((code) => posts.get(code) ?? null);
    },
    { maxBatchSize: 500 },
  );

/** Staff of the workplaces that the caller's own unit manages; null for callers who may not read registrars. */
export const createStaff = (
  core: ServiceCore,
  actor: Actor | null,
): (() => Promise<DataLoader<string, Staff | null> | null>) => {
  let staff: Promise<DataLoader<string, Staff | null> | null> | undefined;
  const make = async () => {
    if (actor === null || !isGranted(actor, 'registrar.read')) return null;
    return createStaffLoader(core, await deskOf(core, actor));
  };
  return () => {
    staff ??= make();
    return staff;
  };
};
