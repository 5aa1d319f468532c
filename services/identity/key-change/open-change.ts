import { v7 as uuidv7 } from 'uuid';
import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import type { KeyChangeKind, KeyProofKind } from '#libs/contracts/vocabulary.ts';
import type { Finding } from '#libs/law/finding.ts';
import {
  changedItems,
  judgeDocumentSupply,
  judgeKeyChange,
  type KeyItem,
} from '#libs/law/identity/key-change.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ChangeKey } from './change-id.ts';
import { type ChangeRecord, insertChange, runningChange } from './change-rows.ts';
import { addPapers } from './papers.ts';
import { type ChangeCore, type PersonState, type Situation, situationOf } from './situation.ts';
import { openTurn } from './turns.ts';
import { type KeyInput, type Proposal, sealProposal, valuesAfter } from './values.ts';

export type Proof = HeldPaper & { kind: KeyProofKind };

/** What is asked for: by which way in, and what is to be written. */
export type Wanted = {
  kind: KeyChangeKind;
  channel: ChangeRecord['channel'];
  to: KeyInput;
  proofs: readonly KeyProofKind[];
};

/** A request with everything that the law looks at, read in the transaction that it is made in. */
export type Asked = { person: PersonState; situation: Situation; proposal: Proposal; findings: Finding[] };

/** Judges a request about a locked person: every finding at once, nothing written. */
export const judgeWanted = async (
  core: ChangeCore,
  tx: Tx,
  person: PersonState,
  wanted: Wanted,
): Promise<Asked> => {
  const situation = await situationOf(core, person.school);
  const proposal = { before: person.values, after: valuesAfter(person.values, wanted.to) };
  const judge = wanted.kind === 'CHANGE' ? judgeKeyChange : judgeDocumentSupply;
  const findings = judge(
    {
      person: {
        kind: person.kind,
        isRegistered: person.isRegistered,
        isChanging: (await runningChange(tx, person.person)) !== undefined,
      },
      ...proposal,
      proofs: wanted.proofs,
    },
    situation.today,
    situation.lawPlace,
  );
  return { person, situation, proposal, findings };
};

/** A new change whose first turn is the school's; `handedInBy` is the registrar who has thereby handled it. */
const madeFrom = (
  core: ChangeCore,
  { person, situation, proposal, findings }: Asked,
  { kind, channel }: Wanted,
  { openedBy, handedInBy }: { openedBy: string; handedInBy: string | null },
): ChangeRecord => {
  const { now, today } = situation;
  const id = uuidv7();
  const first = openTurn(situation, 'SCHOOL', 1);
  return {
    person: person.person,
    id,
    place: person.place,
    province: person.province,
    school: person.school,
    kind,
    channel,
    state: handedInBy === null ? 'DRAFTED' : 'SCHOOL_HANDLED',
    sealed: sealProposal(core.sealing, id, proposal),
    findings,
    policyOn: today,
    openedAt: now,
    openedBy,
    endedAt: null,
    version: 1,
    steps: [handedInBy === null ? first : { ...first, handledBy: handedInBy, handledAt: now }],
  };
};

/** Writes a change that was judged, with its papers. `shape` says what the way in makes of it beyond the first turn. */
export const writeChange = async (
  core: ChangeCore,
  tx: Tx,
  asked: Asked,
  wanted: Wanted,
  by: { openedBy: string; handedInBy: string | null; papers: readonly Proof[] },
  shape: (made: ChangeRecord) => ChangeRecord = (made) => made,
): Promise<ChangeRecord> => {
  const made = shape(madeFrom(core, asked, wanted, by));
  const at = asked.situation.now;
  await insertChange(
    tx,
    at,
    made,
    by.papers.map(({ upload }) => upload),
  );
  await addPapers(tx, made, by.papers, by.openedBy, at);
  return made;
};

/** A proposal that touches key fields, as another way in hands it over. */
export type KeyProposal = {
  /** Locked, and read in the same transaction. */
  person: PersonState;
  to: KeyInput;
  channel: ChangeRecord['channel'];
  /** Kinds of the papers of which copies are handed over with it. */
  proofs: readonly KeyProofKind[];
};

/** A proposal with what the law says of it; `fields` are the items that it would change. */
export type JudgedProposal = { wanted: Wanted; asked: Asked; fields: readonly KeyItem[] };

/**
 * Judges a proposal that touches key fields (W-08 to W-07), nothing written. What a guardian has still to bring holds
 * nothing up: the school takes the images of the proofs when it hands the draft in (ID-13).
 */
export const judgeKeyProposal = async (
  core: ChangeCore,
  tx: Tx,
  { person, to, channel, proofs }: KeyProposal,
): Promise<JudgedProposal> => {
  const wanted: Wanted = { kind: 'CHANGE', channel, to, proofs };
  const asked = await judgeWanted(core, tx, person, wanted);
  const findings = channel === 'MOBILE' ? asked.findings.map(mendedBySchool) : asked.findings;
  const { before, after } = asked.proposal;
  return { wanted, asked: { ...asked, findings }, fields: changedItems(before, after) };
};

const toCome: ReadonlySet<string> = new Set(['KEY_INFO_PROOF_MISSING', 'BASIC_INFO_PROOF_MISSING']);
const mendedBySchool = (found: Finding): Finding =>
  toCome.has(found.code) ? { ...found, outcome: 'WARN' } : found;

/**
 * Opens a change of key information that was judged and not refused: of a guardian as a draft, for the school's
 * registrar to add the proofs and hand in; of the registrar as handed in, for the head to decide. The transaction must
 * cover the school's place.
 */
export const openKeyChange = async (
  core: ChangeCore,
  tx: Tx,
  { wanted, asked }: JudgedProposal,
  by: { openedBy: string; papers: readonly Proof[] },
): Promise<ChangeKey> => {
  const handedInBy = wanted.channel === 'MOBILE' ? null : by.openedBy;
  const { person, id } = await writeChange(core, tx, asked, wanted, { ...by, handedInBy });
  return { person, id };
};
