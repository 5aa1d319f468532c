import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';
import type { TicketLevel } from '../ticket/scope.ts';

/** What lets information out: an express provision of a law, or the approval of a people's government (PRV-02). */
export type DisclosureBasis =
  | { kind: 'LAW'; provision: string }
  | { kind: 'GOVERNMENT_APPROVAL'; level: TicketLevel | 'TOWNSHIP'; document: string };

/** A request for pupils' registration information by somebody outside (W-23). */
export type DisclosureFacts = {
  basis: DisclosureBasis | null;
  /** Written approval of the district bureau, where a text asks for it besides (PRV-03, CF-12). */
  bureauDocument: string | null;
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

const isEnough = (basis: DisclosureBasis | null): boolean => {
  if (basis === null) return false;
  if (basis.kind === 'LAW') return isFilled(basis.provision);
  return basis.level !== 'TOWNSHIP' && isFilled(basis.document);
};

/** True where the texts of a place ask for its bureau's written approval besides law or government. */
const asksBureau = (on: IsoDate, place: LawPlace): boolean =>
  requireValue('disclosureBasis', place, on, { stage: 'PRIMARY' }).andAlso.includes('BUREAU_IN_WRITING');

/** What stands against data of these places without their bureau's word, once for each text. */
const judgeBureau = (
  { bureauDocument }: DisclosureFacts,
  on: IsoDate,
  places: readonly LawPlace[],
): Finding[] => {
  const place = isFilled(bureauDocument) ? undefined : places.find((each) => asksBureau(on, each));
  if (place === undefined) return [];
  return findingIfInForce('PRV-03', {
    ...{ code: 'DISCLOSURE_NOT_APPROVED', outcome: 'REJECT', on, place, path: ['bureauDocument'] },
    message: '所涉学生学籍由区教育局管理的，另须区教育局书面批准。',
    messageEn: 'Pupils of the district are among them: its bureau approves in writing besides.',
    remedy: '请补填区教育局的书面批准文件。',
  });
};

/**
 * Everything that stands against a grant, told at once: a law or the approval of a government of county level or higher, everywhere
 * (PRV-02; CF-12 takes the strictest text, so the registry authority's own approval of 2013 is not enough, PRV-03), the bureau's
 * written approval besides where pupils of its district are among them, somebody who answers for it (PRV-06), a purpose with fields
 * and a last day (PRV-05), and a registered client (PRV-07). `below`: the counties of the holder.
 */
export const judgeDisclosure = (
  facts: DisclosureFacts,
  on: IsoDate,
  place: LawPlace,
  below: readonly LawPlace[] = [],
): Finding[] => {
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
    ...(isEnough(facts.basis)
      ? []
      : [
          ...(isInForce('PRV-02', on, place)
            ? findingIfInForce('PRV-02', unapproved)
            : findingIfInForce('PRV-03', unapproved)),
        ]),
    ...judgeBureau(facts, on, [place, ...below]),
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
