import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import type { TicketLevel } from '../ticket/scope.ts';

/** What lets information out: an express provision of a law, or the approval of a people's government (PRV-02). */
export type DisclosureBasis =
  | { kind: 'LAW'; provision: string }
  | { kind: 'GOVERNMENT_APPROVAL'; level: TicketLevel | 'TOWNSHIP'; document: string }
  /** Written approval of the registry authority, the standard of 2013 and of Beiguan (PRV-03). */
  | { kind: 'AUTHORITY_APPROVAL'; document: string };

/** A request for pupils' registration information by somebody outside (W-23). */
export type DisclosureFacts = {
  basis: DisclosureBasis | null;
  /** Who answers for the approval. */
  approvedBy: string | null;
  purpose: string | null;
  fields: readonly string[];
  /** Last day of the grant. */
  validUntil: IsoDate | null;
  /** The system that asks is registered as a client, where a system asks (PRV-07). */
  clientRegistered: boolean;
};

const isFilled = (text: string | null): boolean => (text ?? '').trim() !== '';

const isEnough = (basis: DisclosureBasis | null, on: IsoDate, place: LawPlace): boolean => {
  switch (basis?.kind) {
    case undefined:
      return false;
    case 'LAW':
      return isFilled(basis.provision);
    case 'GOVERNMENT_APPROVAL':
      return basis.level !== 'TOWNSHIP' && isFilled(basis.document);
    case 'AUTHORITY_APPROVAL':
      return !isInForce('PRV-02', on, place) && isFilled(basis.document);
  }
};

/**
 * Everything that stands against a grant, told at once: a law or the approval of a government of county level or higher (PRV-02;
 * where only the texts of 2013 or Beiguan's speak, the registry authority's written approval, PRV-03), somebody who answers for
 * it (PRV-06), a purpose with fields and a last day (PRV-05), and a registered client (PRV-07).
 */
export const judgeDisclosure = (facts: DisclosureFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const common = { on, place };
  const unapproved = {
    ...common,
    code: 'DISCLOSURE_NOT_APPROVED',
    outcome: 'REJECT' as const,
    message: '没有法律明确规定，也未经有权机关批准，不得向外提供学籍信息。',
    messageEn: 'Neither a law nor the competent approval lets this information out.',
    path: ['basis'],
    remedy: '请提供法律依据，或者县级以上人民政府的批准文件。',
  };
  const scoped = {
    purpose: isFilled(facts.purpose),
    fields: facts.fields.length > 0,
    validUntil: facts.validUntil !== null && facts.validUntil >= on,
  };
  return [
    ...(isEnough(facts.basis, on, place)
      ? []
      : [
          ...(isInForce('PRV-02', on, place)
            ? findingIfInForce('PRV-02', unapproved)
            : findingIfInForce('PRV-03', unapproved)),
        ]),
    ...(isFilled(facts.approvedBy)
      ? []
      : findingIfInForce('PRV-06', {
          ...common,
          message: '未填写批准人：谁批准、谁负责。',
          messageEn: 'Nobody is named who answers for the approval.',
          path: ['approvedBy'],
          remedy: '请填写批准人。',
        })),
    ...Object.entries(scoped).flatMap(([field, given]) =>
      given
        ? []
        : findingIfInForce('PRV-05', {
            ...common,
            code: 'GRANT_SCOPE_INCOMPLETE',
            outcome: 'REJECT',
            message: '申请须写明用途、字段和有效期。',
            messageEn: 'A grant names its purpose, its fields and its last day.',
            path: [field],
            remedy: '请补填申请使用的范围。',
          }),
    ),
    ...(facts.clientRegistered
      ? []
      : findingIfInForce('PRV-07', {
          ...common,
          message: '申请的应用系统未登记，不得接入。',
          messageEn: 'The system that asks is no registered client.',
          path: ['client'],
          remedy: '请先登记应用系统。',
        })),
  ];
};

/** A grant as it stands. */
export type Grant = { fields: readonly string[]; validUntil: IsoDate; revokedOn: IsoDate | null };

/** Whether one read stays within a grant, field by field, on its day (PRV-05). */
export const judgeGrantedRead = (
  { fields, validUntil, revokedOn }: Grant,
  read: readonly string[],
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const isOver = on > validUntil || (revokedOn !== null && on >= revokedOn);
  const outside = isOver ? read : read.filter((field) => !fields.includes(field));
  if (outside.length === 0 && !isOver) return [];
  const spec = { on, place, remedy: '请在批准的字段和期限内使用；需要扩大的，请另行申请。' };
  const paths = outside.length > 0 ? outside.map((field) => [field]) : [['grant']];
  return paths.flatMap((path) =>
    findingIfInForce('PRV-05', {
      ...spec,
      message: isOver ? '批准的使用期限已过，或批准已撤销。' : '该字段不在批准的使用范围内。',
      messageEn: isOver ? 'The grant is over or was revoked.' : 'The field is not within the grant.',
      path,
    }),
  );
};
