import type { Envelope } from '#libs/contracts/envelope.ts';
import type { ArchiveItemKind } from '#libs/law/archive/categories.ts';
import { itemsOfChange } from '#libs/law/archive/evidence.ts';
import type { ArchivableChange } from '#libs/law/archive/specialized-education.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Filing } from '../entries/entry.ts';

type Matter = { matter: string | null; papers?: readonly string[] };

const filingOf = (
  event: Envelope,
  kind: ArchiveItemKind,
  change: ArchivableChange,
  { matter, papers = [] }: Matter,
): Filing => ({
  ...{ kind, change, level: null, occurredOn: shanghaiDate(new Date(event.time)) },
  ...{ source: `event:${event.id}:${kind}`, author: event.source, at: event.time },
  ...{ content: null, corrects: null, matter, papers },
});

/** The entry of a change that another service has told of. Throws Error for one that is kept out of archives (ARC-19). */
export const changeOf = (event: Envelope, change: ArchivableChange, matter: string | null = null): Filing => {
  const [kind] = itemsOfChange(change, 0);
  if (kind === undefined) throw new Error('A change that no archive holds was to be filed');
  return filingOf(event, kind, change, { matter });
};

/** The papers of a matter that is done, among the proofs (ARC-15). */
export const proofsOf = (
  event: Envelope,
  change: ArchivableChange,
  matter: Required<Matter> & { matter: string },
): Filing => filingOf(event, 'PROOF', change, matter);

/** That a certificate was issued or revoked, among the proofs: the paper itself lies with its issuer and its holder. */
export const certificateFiled = (
  event: Envelope,
  change: 'CERTIFICATE_ISSUED' | 'CERTIFICATE_REVOKED',
): Filing => filingOf(event, 'PROOF', change, { matter: null });
