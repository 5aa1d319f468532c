import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { heldUploads } from '#libs/platform/files/tables.ts';

/** Uploads that another service has asked for as papers of a request. */
export const heldUploadSteps: readonly SchemaStep[] = [
  { name: '023-held-uploads', statements: () => heldUploads },
];
