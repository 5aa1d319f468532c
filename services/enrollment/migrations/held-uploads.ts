import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { heldUploads, keptFiles } from '#libs/platform/files/tables.ts';

/** Uploads that another service has asked for as papers of a request. */
export const heldUploadSteps: readonly SchemaStep[] = [
  { name: '023-held-uploads', statements: () => heldUploads },
];

/** What was stored of each file and what the last check of it found; objects that no row knows. */
export const keptFileSteps: readonly SchemaStep[] = [{ name: '031-kept-files', statements: keptFiles }];
