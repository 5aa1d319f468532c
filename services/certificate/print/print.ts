import { z } from 'zod';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';

/** One print of the paper of a certificate; `number` counts from 1. */
export type Print = {
  id: string;
  person: string;
  certificate: string;
  place: number;
  number: number;
  /** `PrintNotes`, sealed. */
  notes: Buffer;
  printedBy: string;
  unit: string;
  printedAt: string;
};

/** Why a paper was printed once more, and what characters look like that no type has, by the character. */
const PrintNotes = z.object({
  reason: z.string().nullable(),
  descriptions: z.record(z.string(), z.string()),
});
export type PrintNotes = z.infer<typeof PrintNotes>;

/** Binds sealed notes to their print. */
export const notesContext = (print: string): string => `certificate-print:${print}`;

export const sealNotes = (sealing: Sealing, print: string, notes: PrintNotes): Buffer =>
  sealing.seal(JSON.stringify(notes), notesContext(print));

export const openNotes = (sealing: Sealing, { id, notes }: Pick<Print, 'id' | 'notes'>): PrintNotes =>
  PrintNotes.parse(JSON.parse(sealing.open(Buffer.from(notes), notesContext(id))));
