import type { Bus } from '#libs/platform/bus/bus.ts';
import type { Files } from '#libs/platform/files/files.ts';
import type { Route, ServiceCore } from '#libs/platform/service/definition.ts';
import { attachmentRoute } from './attachment-route.ts';
import { completeUpload } from './commands/complete-upload.ts';
import { requestUpload } from './commands/request-upload.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/types.ts';
import { proofRoute } from './proof-route.ts';
import { reportRoute } from './report-route.ts';
import { uploadRoute } from './upload-route.ts';

type Args = { input: unknown };

/** Mutations that announce and check files. */
export const createFileMutations = (
  core: ServiceCore,
  files: Files,
): Partial<NonNullable<Resolvers['Mutation']>> => ({
  requestUpload: (_: unknown, { input }: Args, { actor }: Context) =>
    requestUpload(core, files, actor, input),
  completeUpload: (_: unknown, { input }: Args, { actor }: Context) =>
    completeUpload(core, files, actor, input),
});

/** Paths by which the bytes themselves come and go. */
export const createFileRoutes = (files: Files, bus: Bus): Route[] => [
  uploadRoute(files),
  reportRoute(files),
  proofRoute(files, bus),
  attachmentRoute(files, bus),
];
