import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { Gender, IdDocumentType } from '#libs/contracts/vocabulary.ts';
import { normaliseIdNumber } from '#libs/law/identity/citizen-id.ts';
import { changedItems } from '#libs/law/identity/key-change.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';

/** Who somebody is by the identity document, whole. */
export const KeyFacts = z.object({
  name: z.string(),
  gender: Gender,
  birthDate: Day,
  idDocumentType: IdDocumentType,
  idDocumentNumber: z.string().nullable(),
});
export type KeyFacts = z.infer<typeof KeyFacts>;

/** Dots that are typed for the one that parts the names of many peoples. */
const DOTS = /[•・‧∙⋅．]/gu;

/** A person's name as the identity document writes it: rare characters intact, dots made one kind. */
const name = z
  .string()
  .max(200)
  .transform((typed) =>
    typed
      .normalize('NFC')
      .trim()
      .replaceAll(DOTS, '·')
      .replaceAll(/\s+/gu, ' ')
      .replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, ''),
  )
  .pipe(
    z.string().regex(/^\p{L}[\p{L}\p{M}·.'’\- ]{0,59}$/u, '姓名含有不能使用的字符，或过长。 Not a name.'),
  );

/** The number of a document in one spelling. */
export const DocumentNumber = z
  .string()
  .max(60)
  .transform((typed) => normaliseIdNumber(typed).replaceAll(/[-—–]/gu, ''))
  .pipe(z.string().regex(/^[\p{L}\p{N}()]{1,40}$/u, '证件号码含有不能使用的字符。 Not a document number.'));

/** Key information as a form names it; what it leaves out stays. */
export const keyShape = {
  name: name.nullish(),
  gender: Gender.nullish(),
  birthDate: Day.nullish(),
  idDocumentType: IdDocumentType.nullish(),
  idDocumentNumber: DocumentNumber.nullish(),
};
const KeyShape = z.object(keyShape);

/** Says of a form that a document number comes with its type. */
export const namesDocumentWhole = (
  { idDocumentType, idDocumentNumber }: z.infer<typeof KeyShape>,
  context: z.RefinementCtx,
): void => {
  if ((idDocumentType ?? 'NONE') !== 'NONE' || !idDocumentNumber) return;
  context.addIssue({
    code: 'custom',
    path: ['idDocumentType'],
    message: '填写证件号码时须同时填写证件类型。 A document number comes with its type.',
    params: { code: 'DOCUMENT_TYPE_MISSING' },
  });
};

/** What a request says of the new values. */
export const KeyInput = KeyShape.superRefine(namesDocumentWhole);
export type KeyInput = z.infer<typeof KeyInput>;

/** The values after a change: a document is named whole, so a type without a number has none. */
export const valuesAfter = (before: KeyFacts, to: KeyInput): KeyFacts => ({
  name: to.name ?? before.name,
  gender: to.gender ?? before.gender,
  birthDate: to.birthDate ?? before.birthDate,
  idDocumentType: to.idDocumentType ?? before.idDocumentType,
  idDocumentNumber: to.idDocumentType ? (to.idDocumentNumber ?? null) : before.idDocumentNumber,
});

/** What a change is about: as it was when it was asked for, and as it is to be. */
export const Proposal = z.object({ before: KeyFacts, after: KeyFacts });
export type Proposal = z.infer<typeof Proposal>;

/** The values that a change comes to now: what it changes, on whatever the rest has become since it was asked for. */
export const valuesNow = (current: KeyFacts, { before, after }: Proposal): KeyFacts => {
  const changed = changedItems(before, after).map((item) => [item, after[item]]);
  return KeyFacts.parse({ ...current, ...Object.fromEntries(changed) });
};

/** Contexts under which a proposal, and what was before, are sealed. */
export const proposalContext = (change: string): string => `key-change:${change}`;
export const historyContext = (change: string): string => `key-history:${change}`;

export const sealProposal = (sealing: Sealing, change: string, proposal: Proposal): Buffer =>
  sealing.seal(JSON.stringify(proposal), proposalContext(change));

export const openProposal = (sealing: Sealing, change: string, sealed: Uint8Array): Proposal =>
  Proposal.parse(JSON.parse(sealing.open(Buffer.from(sealed), proposalContext(change))));

/** What a person was until a change took effect. */
export const sealHistory = (sealing: Sealing, change: string, facts: KeyFacts): Buffer =>
  sealing.seal(JSON.stringify(facts), historyContext(change));

export const openHistory = (sealing: Sealing, change: string, sealed: Uint8Array): KeyFacts =>
  KeyFacts.parse(JSON.parse(sealing.open(Buffer.from(sealed), historyContext(change))));
