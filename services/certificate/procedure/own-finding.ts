import type { Finding } from '#libs/law/finding.ts';

/** A finding of the law on a certificate, or one of this system alone: about what is not there. No rule carries that. */
export type CertificateFinding = Omit<Finding, 'ruleId'> & { ruleId: Finding['ruleId'] | null };

type Said = Pick<Finding, 'code' | 'message' | 'messageEn' | 'path' | 'remedy'>;

const own = (said: Said): CertificateFinding => ({
  ...said,
  ...{ ruleId: null, outcome: 'REJECT', ownerLevel: 'SCHOOL', basis: [] },
});

/** True where something stands against an operation. */
export const isRefused = (findings: readonly CertificateFinding[]): boolean =>
  findings.some(({ outcome }) => outcome === 'REJECT' || outcome === 'HOLD');

export const notOfSchool = own({
  code: 'STUDENT_NOT_OF_SCHOOL',
  message: '本校没有该生的学籍。',
  messageEn: 'The school has no registration of this student.',
  path: ['student'],
  remedy: '请核对学生，从本批次中移出。',
});

export const outcomeStands = own({
  code: 'OUTCOME_STANDS',
  message: '该生的毕业、结业、肄业信息已上传，不能重复上传。',
  messageEn: 'An outcome of these studies has been uploaded already.',
  path: ['student'],
  remedy: '请等待审核；被退回后可重新上传。',
});

export const notReviewed = own({
  code: 'OUTCOME_STATE',
  message: '所列学生中有的不在本批次，或已发证、尚未审核，不能撤回。',
  messageEn: 'Some of these students are not of the batch, or have a certificate, or were not reviewed.',
  path: ['students'],
  remedy: '请核对学生状态；已发证的，先由发证单位作废证书。',
});

export const nothingToIssue = own({
  code: 'NOTHING_TO_ISSUE',
  message: '没有经审核、应由本单位发放而尚未发放的证书。',
  messageEn: 'No reviewed outcome waits for a certificate of this unit.',
  path: ['batch'],
  remedy: '请核对审核进度和发证单位。',
});

export const orderNotHere = own({
  code: 'ORDER_STATE',
  message: '该发放任务当前状态不能如此办理。',
  messageEn: 'The order is in another state.',
  path: ['order'],
  remedy: '请刷新后查看任务状态。',
});

export const holderUnknown = own({
  code: 'HOLDER_UNKNOWN',
  message: '身份信息中没有该生，不能制作证书。',
  messageEn: 'Identity tells nothing of this student.',
  path: ['student'],
  remedy: '请核对学生身份信息。',
});

export const formOfNone = own({
  code: 'NOT_IN_FORCE',
  message: '该证书已作废，不能签发电子证书。',
  messageEn: 'The certificate is revoked and gets no electronic form.',
  path: ['certificate'],
  remedy: '请核对证书状态。',
});

export const notLost = own({
  code: 'NOT_IN_FORCE',
  message: '该证书已作废或尚未生效，不能据以补办。',
  messageEn: 'The certificate is revoked or not in force; nothing takes its place.',
  path: ['certificate'],
  remedy: '请核对证书状态。',
});

export const printedAlready = own({
  code: 'PRINTED_ALREADY',
  message: '该证书的纸质件已经打印。',
  messageEn: 'The paper of this certificate has been printed.',
  path: ['reason'],
  remedy: '纸张损坏须重新打印的，请写明原因；遗失的，请按遗失办理。',
});

export const printedByAuthority = own({
  code: 'PRINTED_BY_AUTHORITY',
  message: '毕业证书由发证的教育行政部门统一印制，不在本系统打印。',
  messageEn: 'Graduation certificates are printed by the issuing authority on sheets of its own.',
  path: ['certificate'],
  remedy: '请由发证单位按统一要求印制。',
});

export const notToPrint = own({
  code: 'NOT_TO_PRINT',
  message: '该证书已作废，不能打印。',
  messageEn: 'The certificate was revoked; it is not printed.',
  path: ['certificate'],
  remedy: '请核对证书状态。',
});
