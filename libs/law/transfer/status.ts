import type { IsoDate } from '../dates.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import type { EnrollmentStatus } from '../enrollment/status.ts';
import { STATUS_NAMES } from '../enrollment/transition-words.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';
import type { CaseKind } from './kinds.ts';

/** Where the pupil's registration stands besides its status. */
export type RunningFacts = {
  /** Another case of transfer or study runs for this pupil. */
  openCase: boolean;
  /** The pupil's active registration is at the receiving school already. */
  registeredAtTarget: boolean;
};

/** One registration, which follows the person: one running case, and none to where the pupil already is (TRF-01). */
export const judgeRunning = (facts: RunningFacts, on: IsoDate, place: LawPlace): Finding[] => [
  ...(facts.openCase
    ? findingIfInForce('TRF-01', {
        code: 'ACTIVE_CASE_EXISTS',
        message: '该生已有正在办理的转学或跨省就学业务。',
        messageEn: 'A case of this pupil is running already.',
        path: ['student'],
        remedy: '请等待该业务办结；确需改转其他学校的，请监护人先撤回。',
        ownerLevel: 'GUARDIAN',
        on,
        place,
      })
    : []),
  ...(facts.registeredAtTarget
    ? findingIfInForce('TRF-01', {
        code: 'ACTIVE_ENROLLMENT_EXISTS',
        message: '该生学籍已在本校，一人一籍，无须转学。',
        messageEn: 'The pupil is registered at this school already.',
        path: ['student'],
        remedy: '请使用本校已有的学籍。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      })
    : []),
];

/**
 * The status of the registration that is to move. There is on purpose no fact about the kind of its number (ID-06) or an
 * open problem record (ENR-32).
 */
export type TransferStatusFacts = {
  kind: CaseKind;
  status: EnrollmentStatus;
  /** The pupil's stage at the school whose law is asked. */
  stage: Stage;
  /** A disciplinary measure is in force. */
  underDiscipline: boolean;
};

/**
 * A pupil in school may move, and so may one who has left (TRF-21); a suspended one resumes first (TRF-20; in Shanxi
 * TRF-19, which speaks of discipline too). Only a graduate goes on to study elsewhere (ENR-27).
 */
export const judgeTransferStatus = (facts: TransferStatusFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { kind, status, stage } = facts;
  const where = { on, place, stage };
  if (kind === 'CROSS_PROVINCE_STUDY') return status === 'GRADUATED' ? [] : notGraduated(status, where);
  return [...judgeMovable(status, where), ...(facts.underDiscipline ? underDiscipline(where) : [])];
};

type Where = { on: IsoDate; place: LawPlace; stage: Stage };

const judgeMovable = (status: EnrollmentStatus, where: Where): Finding[] => {
  if (status === 'SUSPENDED') return suspended(where);
  const movable = requireValue('transferableStatuses', where.place, where.on);
  return movable.includes(status) ? [] : notTransferable(status, where);
};

const suspended = (where: Where): Finding[] => {
  const spec: FindingSpec = {
    code: 'SUSPENDED',
    outcome: 'REJECT',
    message: '学生正在休学，应先在原学校办理复学，再办理转学。',
    messageEn: 'A suspended pupil resumes at the original school first.',
    path: ['student', 'status'],
    remedy: '请原就读学校先办理复学。',
    ownerLevel: 'SCHOOL',
    ...where,
  };
  return prevailing(
    findingIfInForce('TRF-19', spec),
    findingIfInForce('TRF-20', spec),
    findingIfInForce('TRF-01', spec),
  );
};

const underDiscipline = (where: Where): Finding[] =>
  findingIfInForce('TRF-19', {
    code: 'UNDER_DISCIPLINE',
    message: '学生在受处分期间，不予转学。',
    messageEn: 'No transfer while a disciplinary measure is in force.',
    path: ['student', 'underDiscipline'],
    remedy: '请在处分解除后申请。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

const notTransferable = (status: EnrollmentStatus, where: Where): Finding[] => {
  const spec: FindingSpec = {
    code: 'STATUS_NOT_TRANSFERABLE',
    outcome: 'REJECT',
    message: `学籍状态为“${STATUS_NAMES[status]}”，不能办理转学。`,
    messageEn: `A registration in state ${status} cannot be transferred.`,
    path: ['student', 'status'],
    remedy: REMEDIES[status] ?? '请核对学籍状态。',
    ownerLevel: status === 'PENDING_APPROVAL' ? 'COUNTY' : 'SCHOOL',
    ...where,
  };
  return prevailing(findingIfInForce('TRF-21', spec), findingIfInForce('TRF-01', spec));
};

const REMEDIES: Readonly<Partial<Record<EnrollmentStatus, string>>> = {
  PENDING_APPROVAL: '请先核准新建学籍；学生可以先在转入学校就读。',
  RETURNED_TO_SCHOOL: '请原学校更正后重新提交，核准后再转学；学生可以先在转入学校就读。',
  REFUSED: '该学籍未予核准，请核查学生是否另有学籍；没有的，按新建学籍办理。',
  GRADUATED: '学生已毕业：跨省的办理“毕业后跨省就学”，省内的由升入学校办理升学。',
  ADMITTED: '学生已被招生：请报到后再转学；未报到而改读他校的，先办理招生回退。',
  COMPLETED: '学生已结业，不再转学。',
  CANCELLED: '该学籍已注销，不再办理任何业务。',
  ADMISSION_CANCELLED: '学生入学资格已取消，请按招生规定重新录取。',
};

const notGraduated = (status: EnrollmentStatus, where: Where): Finding[] =>
  findingIfInForce('ENR-27', {
    code: 'NOT_GRADUATED',
    message: `学籍状态为“${STATUS_NAMES[status]}”，毕业生状态才能办理毕业后跨省就学。`,
    messageEn: 'Only a graduate goes on to study in another province.',
    path: ['student', 'status'],
    remedy: '请毕业学校先完成毕业操作；在校生跨省就读的，请办理跨省转学。',
    ownerLevel: 'SCHOOL',
    ...where,
  });
