import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { IssuerFacts } from '#libs/law/certificate/issuer.ts';
import type { CertificateKind } from '#libs/law/certificate/kinds.ts';

/** What the question of the issuer depends on: who acts for the school, its competent authority, and whether the province runs it. */
export const issuerFactsOf = (
  school: SchoolFact,
  kind: CertificateKind,
  stage: Stage,
  acting: string,
): IssuerFacts => {
  const competentAuthority = school.competentAuthority ?? school.authority;
  return {
    ...{ kind, stage, school: acting, competentAuthority },
    runByProvince: school.authority === school.province,
  };
};
