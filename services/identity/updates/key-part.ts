import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import { KeyProofKind } from '#libs/contracts/vocabulary.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { KeyItem } from '#libs/law/identity/key-change.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { papersOf } from '#libs/platform/files/hold-papers.ts';
import { type JudgedProposal, judgeKeyProposal, type Proof } from '../key-change/open-change.ts';
import { type ChangeCore, lockPersonState } from '../key-change/situation.ts';
import type { KeyInput } from '../key-change/values.ts';
import type { PaperKind } from './paper-kinds.ts';

/** What a proposal says of key information; nothing of it where it would change none. */
export type KeyPart = { judged: JudgedProposal | null; fields: readonly KeyItem[]; findings: Finding[] };

const NOTHING: KeyPart = { judged: null, fields: [], findings: [] };

const isKeyProof = (kind: PaperKind): kind is KeyProofKind => KeyProofKind.safeParse(kind).success;

/** The proposal speaks of its input; the law of key information of its own. */
const aboutProposal = ({ path, ...said }: Finding): Finding => ({
  ...said,
  ...(path && { path: path[0] === 'to' ? ['changes', ...path.slice(1)] : path }),
});

/** Judges the key information of a proposal about a held person, nothing written (ID-13; W-08 to W-07). */
export const keyPartOf = async (
  core: ChangeCore,
  tx: Tx,
  proposed: {
    person: string;
    to: KeyInput;
    channel: 'MOBILE' | 'SCHOOL';
    /** Papers whose copies are on file. */
    papers: readonly PaperKind[];
  },
): Promise<KeyPart> => {
  const { to, channel, papers } = proposed;
  if (Object.values(to).every((value) => value === undefined || value === null)) return NOTHING;
  const person = await lockPersonState(tx, core.sealing, proposed.person);
  if (person === undefined) throw outOfJurisdiction();
  const judged = await judgeKeyProposal(core, tx, { person, to, channel, proofs: papers.filter(isKeyProof) });
  if (judged.fields.length === 0) return NOTHING;
  return { judged, fields: judged.fields, findings: judged.asked.findings.map(aboutProposal) };
};

/** The held papers of a proposal that prove who somebody is, as a change of key information keeps them. */
export const keyProofsAmong = (
  held: readonly HeldPaper[],
  handed: readonly { kind: PaperKind; upload?: string | null }[],
): Proof[] =>
  papersOf(
    held,
    handed.flatMap(({ kind, upload }) => (upload && isKeyProof(kind) ? [{ kind, upload }] : [])),
  );
