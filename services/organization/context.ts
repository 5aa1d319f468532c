import type DataLoader from 'dataloader';
import type { RequestContext } from '#libs/platform/service/context.ts';
import type { Registry } from './queries.ts';
import type { Post } from './registrar/post.ts';
import type { Staff } from './registrar/staffing.ts';

/** Context of one operation: who asks, and the batched reads. */
export type Context = RequestContext & {
  registry: Registry;
  /** Workplaces by the code of their school or unit; null where there is none, or the school has ended. */
  posts: DataLoader<string, Post | null>;
  /** Staff of workplaces in the caller's own range, which is looked up when it is first needed. */
  staff(): Promise<DataLoader<string, Staff | null> | null>;
};
