import type { GrantFact } from '#libs/contracts/events/disclosure.ts';
import type { MaskingProfile } from '#libs/law/privacy/disclosed-fields.ts';
import type { DisclosureBasis } from '#libs/law/privacy/disclosure.ts';

/** Where a request for disclosure stands (W-23). */
export type DisclosureState = 'REQUESTED' | 'BASIS_CHECKED' | 'APPROVED' | 'REFUSED' | 'REVOKED';

/** What a client has asked a holder of data for, and what became of it. */
export type Disclosure = {
  id: string;
  client: string;
  /** The unit that holds the data, the range of the tree that it manages, and its province. */
  unit: string;
  place: number;
  hi: number;
  province: string;
  state: DisclosureState;
  requestedBy: string;
  requestedAt: string;
  basis: DisclosureBasis;
  /** Written approval of the district bureau, where its pupils are among them (PRV-03). */
  bureauDocument: string | null;
  /** Who answers for the approval (PRV-06). */
  approvedBy: string;
  purpose: string;
  fields: readonly string[];
  profile: MaskingProfile;
  /** Last day of the grant. */
  validUntil: string;
  watermark: string;
  /** By when the holder decides. */
  dueOn: string;
  checkedBy: string | null;
  opinion: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
  revokedBy: string | null;
  revokedOn: string | null;
  revokeReason: string | null;
  version: number;
};

/** The facts of a disclosure that every event carries. */
export const factsOf = ({ id, client, unit, place, province }: Disclosure) => ({
  ...{ disclosure: id, client, unit, place, province },
});

/** What a client may read by it. */
export const grantOf = (disclosure: Disclosure): GrantFact => ({
  ...factsOf(disclosure),
  ...{ hi: disclosure.hi, fields: [...disclosure.fields], profile: disclosure.profile },
  ...{ validUntil: disclosure.validUntil, revokedOn: disclosure.revokedOn, watermark: disclosure.watermark },
});
