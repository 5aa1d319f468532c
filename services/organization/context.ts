import type DataLoader from 'dataloader';
import type { RequestContext } from '#libs/platform/service/context.ts';
import type { Closure } from './closure/closure-rows.ts';
import type { UnitContacts } from './contacts/contact.ts';
import type { Merger } from './merger/merger-rows.ts';
import type { Registry } from './queries.ts';
import type { Post } from './registrar/post.ts';
import type { Staff } from './registrar/staffing.ts';

/** Context of one operation: who asks, and the batched reads. */
export type Context = RequestContext & {
  registry: Registry;
  /** What units have published for complaints, by their code. */
  contacts: DataLoader<string, UnitContacts>;
  /** The last merger in which a school takes part, by its code; null where there was none. */
  mergers: DataLoader<string, Merger | null>;
  /** The last closure of a school that was decided, by its code; null where there was none. */
  closures: DataLoader<string, Closure | null>;
  /** Workplaces by the code of their school or unit; null where there is none, or the school has ended. */
  posts: DataLoader<string, Post | null>;
  /** Staff of workplaces in the caller's own range, which is looked up when it is first needed. */
  staff(): Promise<DataLoader<string, Staff | null> | null>;
};
