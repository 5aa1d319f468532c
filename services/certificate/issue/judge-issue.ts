import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { type HolderWithout, judgeForm } from '#libs/law/certificate/forms.ts';
import { judgeIssuer } from '#libs/law/certificate/issuer.ts';
import { judgeIssue } from '#libs/law/certificate/lost-certificate.ts';
import { judgeAgainstStatus, judgeReviewed } from '#libs/law/certificate/outcome.ts';
import { isInForce } from '#libs/law/finding.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CertificateContent } from '../certificates/certificate-content.ts';
import { actingUnitOf } from '../lost/acting-unit.ts';
import type { OutcomeBatch } from '../outcomes/batch.ts';
import type { Outcome } from '../outcomes/outcome.ts';
import { outcomesWhere } from '../outcomes/outcome-rows.ts';
import { lawPlaceOf } from '../procedure/law-place.ts';
import type { CertificateFinding } from '../procedure/own-finding.ts';
import type { Study } from '../studies/study.ts';
import { issuerFactsOf } from './issuer-facts.ts';

/**
 * A unit asks for the certificates of a batch: they are issued once the batch was reviewed (CRT-07), and each kind by its lawful
 * issuer alone. Nothing stands against it where some of the batch are the unit's to issue.
 */
export const judgeOrdered = async (
  core: Pick<ServiceCore, 'clock' | 'directory'>,
  tx: Tx,
  batch: OutcomeBatch,
  unit: string,
): Promise<CertificateFinding[]> => {
  const school = await core.directory.school(batch.school);
  const place = lawPlaceOf(school, batch.province);
  const today = core.clock.today();
  const outcomes = await outcomesWhere(tx, `batch_id = $1 and state in ('UPLOADED', 'REVIEWED')`, [batch.id]);
  const [first] = outcomes;
  if (first === undefined || school === undefined) return [];
  if (batch.state !== 'REVIEWED') return judgeReviewed({ stage: first.stage, reviewed: false }, today, place);
  if (outcomes.some(({ issuer }) => issuer === unit)) return [];
  const acting = await actingUnitOf(core, tx, school);
  return judgeIssuer(
    { ...issuerFactsOf(school, first.kind, first.stage, acting), issuer: unit },
    today,
    place,
  );
};

/** What is known of an outcome for which a certificate is about to be issued. */
export type Candidate = {
  outcome: Outcome;
  study: Study;
  school: SchoolFact;
  /** Who acts for the school. */
  acting: string;
  issuedBefore: boolean;
};

/** What stands against the certificate of one student, as things are at the moment of issue. */
export const judgeCandidate = (
  { outcome, study, school, acting, issuedBefore }: Candidate,
  unit: string,
  today: string,
): CertificateFinding[] => {
  const place = lawPlaceOf(school, outcome.province);
  const { kind, stage } = outcome;
  return [
    ...judgeReviewed({ stage, reviewed: outcome.state === 'REVIEWED' }, today, place),
    ...judgeAgainstStatus({ stage, outcome: kind, status: study.status, mustHaveEnded: true }, today, place),
    ...judgeIssuer({ ...issuerFactsOf(school, kind, stage, acting), issuer: unit }, today, place),
    ...judgeIssue({ kind, stage, issuedBefore }, today, place),
  ];
};

/** Whether the paper can be filled: stub and body complete where the place knows the form (CRT-12). */
export const judgeContent = (
  { outcome, school }: Candidate,
  { content, without }: { content: CertificateContent; without: HolderWithout },
  today: string,
): CertificateFinding[] => {
  const place = lawPlaceOf(school, outcome.province);
  if (!isInForce('CRT-12', today, place, outcome.stage)) return [];
  const fields = {
    ...content,
    certificateKind: outcome.kind,
    stubDate: today,
    issuedOn: today,
  };
  return judgeForm({ kind: outcome.kind, stage: outcome.stage, fields, without }, today, place);
};
