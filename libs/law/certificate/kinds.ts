import type { IsoDate } from '../dates.ts';
import type { EnrollmentStatus } from '../enrollment/status.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/** The papers that the register issues: three for how studies ended, and what stands in for a lost one of the first. */
export const CERTIFICATE_KINDS = ['GRADUATION', 'COMPLETION', 'INCOMPLETION', 'SCHOOLING'] as const;

/** A kind of certificate: 毕业证书, 结业证明书, 肄业证明书, 学历证明书. */
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number];

/** How studies at a school ended. */
export type Outcome = Exclude<CertificateKind, 'SCHOOLING'>;

/** The names of the kinds as the texts print them. */
export const CERTIFICATE_NAMES: Readonly<Record<CertificateKind, string>> = {
  GRADUATION: '毕业证书',
  COMPLETION: '结业证明书',
  INCOMPLETION: '肄业证明书',
  SCHOOLING: '学历证明书',
};

/**
 * The outcome that a status stands for; undefined while studies go on. Who withdrew is incomplete, and so is whoever else ended
 * studies unfinished: expelled, gone abroad, or left otherwise (CRT-05).
 */
export const outcomeOfStatus = (status: EnrollmentStatus): Outcome | undefined => {
  switch (status) {
    case 'GRADUATED':
    case 'ADMITTED':
      return 'GRADUATION';
    case 'COMPLETED':
      return 'COMPLETION';
    case 'WITHDRAWN':
    case 'EXPELLED':
    case 'ABROAD':
    case 'LEFT_OTHER':
      return 'INCOMPLETION';
    default:
      return undefined;
  }
};

/**
 * Where no text says otherwise pupils of junior and senior schools complete as well as graduate: the ministry's notice speaks of
 * the completion of primary and secondary schools alike (ENR-30). Primary pupils do not (ours): nobody is admitted who has not
 * graduated (ENR-27), and compulsory education goes on.
 */
export const knowsCompletion = (stage: Stage): boolean => stage === 'JUNIOR' || stage === 'SENIOR';

/** In Shanxi only senior schools know completion (CRT-04) and incompletion (CRT-05); other stages graduate. */
export const judgeKind = (
  facts: { kind: CertificateKind; stage: Stage },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const { kind, stage } = facts;
  if (stage === 'SENIOR' || kind === 'GRADUATION' || kind === 'SCHOOLING') return [];
  const spec: FindingSpec = {
    code: 'TYPE_NOT_APPLICABLE',
    message: `${CERTIFICATE_NAMES[kind]}只适用于普通高中学生。`,
    messageEn: 'Certificates of this kind are for senior schools only.',
    path: ['kind'],
    remedy: '小学、初中学生学习期满后予以毕业。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  };
  return kind === 'COMPLETION' ? findingIfInForce('CRT-04', spec) : findingIfInForce('CRT-05', spec);
};
