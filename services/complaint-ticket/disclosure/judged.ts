import { enforces } from '#libs/law/enforces.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { type OwnFinding, ownFinding } from '#libs/law/own-finding.ts';
import { judgeDisclosure } from '#libs/law/privacy/disclosure.ts';
import type { Disclosure } from './disclosure.ts';
import type { Asked } from './disclosure-input.ts';

/** What the texts of a place leave open is needed all the same (ours). */
const lacking = (path: string): OwnFinding =>
  ownFinding({
    code: 'GRANT_SCOPE_INCOMPLETE',
    message: '申请须写明依据、批准人、用途、字段和有效期，应用系统须已登记。',
    messageEn:
      'A request names basis, approver, purpose, fields and last day, and comes from a registered client.',
    path: [path],
    remedy: '请补填后重新申请。',
    ownerLevel: 'COUNTY',
  });

type Facts = Omit<Asked, 'client' | 'unit' | 'profile'> & { clientRegistered: boolean };

/** All that stands against a grant, told at once: by the law of the holder's place, and by ours where that is silent (PRV-02..07). */
export const judgeAsked = (
  asked: Facts,
  today: string,
  place: LawPlace,
  below: readonly LawPlace[],
): OwnFinding[] => {
  enforces('PRV-02', 'PRV-03', 'PRV-06', 'PRV-07');
  const facts = {
    ...{ basis: asked.basis ?? null, bureauDocument: asked.bureauDocument ?? null },
    ...{ approvedBy: asked.approvedBy ?? null, purpose: asked.purpose ?? null },
    ...{
      fields: asked.fields,
      validUntil: asked.validUntil ?? null,
      clientRegistered: asked.clientRegistered,
    },
  };
  const found = judgeDisclosure(facts, today, place, below);
  const told = new Set(found.map(({ path }) => path?.[0]));
  const given: Record<string, boolean> = {
    basis: facts.basis !== null,
    approvedBy: Boolean(facts.approvedBy),
    purpose: Boolean(facts.purpose),
    fields: facts.fields.length > 0,
    validUntil: facts.validUntil !== null && facts.validUntil >= today,
    client: facts.clientRegistered,
  };
  const silent = Object.entries(given).filter(([path, isGiven]) => !isGiven && !told.has(path));
  return [...found, ...silent.map(([path]) => lacking(path))];
};

type Said = Pick<Finding, 'code' | 'message' | 'messageEn' | 'remedy'>;

const notChecked: Said = {
  code: 'STEP_NOT_HANDLED',
  message: '本单位学籍管理员尚未核对依据，不能决定。',
  messageEn: 'The registrar has not checked the basis yet.',
  remedy: '请学籍管理员先核对依据。',
};
const samePerson: Said = {
  code: 'SAME_PERSON_HANDLES_AND_DECIDES',
  message: '核对人和决定人须为两人。',
  messageEn: 'Checking and deciding are done by two persons.',
  remedy: '请由本单位另一名核办人员决定。',
};
const reasonMissing: Said = {
  code: 'DECISION_REASON_MISSING',
  message: '不予提供须写明理由。',
  messageEn: 'A refusal needs a reason.',
  remedy: '请填写理由。',
};

/** What stands against deciding a request by somebody: one person checks, another decides (ACC-18). */
export const judgeHands = (
  { state, checkedBy }: Disclosure,
  { by, decision, reason }: { by: string; decision: 'APPROVE' | 'REFUSE'; reason: string | null },
  on: string,
  place: LawPlace,
): Finding[] => {
  enforces('ACC-18');
  const against = [
    ...(state === 'REQUESTED' ? [notChecked] : []),
    ...(checkedBy === by ? [samePerson] : []),
    ...(decision === 'REFUSE' && !reason ? [reasonMissing] : []),
  ];
  return against.map((said) => finding('ACC-18', { ...said, outcome: 'REJECT', on, place }));
};

/** The request has come to an end, or was never granted. */
export const otherState = ownFinding({
  code: 'DISCLOSURE_STATE',
  message: '该申请当前状态不能如此办理。',
  messageEn: 'The request is in another state.',
  path: ['disclosure'],
  remedy: '请刷新后查看。',
  ownerLevel: 'COUNTY',
});
