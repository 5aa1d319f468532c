import type { CaseFinding } from '../cases/own-finding.ts';

/** What a family can do about a finding, where the law's advice is written for schools. */
const ADVICE: Readonly<Record<string, string>> = {
  ACTIVE_CASE_EXISTS: '孩子已有一件转学正在办理。请等它办结，或先撤回那一件再申请。',
  ACTIVE_ENROLLMENT_EXISTS: '孩子的学籍已在这所学校，不需要转学。',
  APPLICATION_DATED_LATER: '请刷新后重试。',
  CASE_ALREADY_RUNNING: '孩子在原学校还有学籍事项没有办完。请联系原学校办结；孩子可以先入学就读。',
  CROSS_PROVINCE_STUDY_WINDOW_CLOSED:
    '现在不是跨省就学的受理期（每年8月15日至12月14日、3月1日至5月31日）。您的申请已经记下，学校可以在下一个受理期发起。',
  GRADE_CHANGE_FORBIDDEN: '转学不能改变年级，请选择与孩子现在相当的年级。',
  GRADE_NOT_AT_SCHOOL: '这所学校没有所选的学段或年级，请核对或另选学校。',
  GRADE_TERM_CLOSED: '本学期该年级一般不办理转学。学校可以写明理由报主管部门决定，您也可以下学期再申请。',
  NO_ACTIVE_REGISTRATION: '孩子目前没有有效学籍，没有学籍可以转。请直接向学校联系入学和建立学籍。',
  NO_PLACE_AVAILABLE:
    '学校该年级现在没有空位。学校答复学位已满后，您可以另选学校，或按当地规定申请由县级教育部门安排。',
  OUTSIDE_ACCEPTANCE_WINDOW:
    '现在不在转学受理期。学校可以写明理由报主管部门决定，您也可以在下学期开学后的受理期内申请。',
  STATUS_NOT_TRANSFERABLE: '孩子目前的学籍状态不能转学，请先向原学校了解。',
  SUSPENDED: '孩子正在休学。请先在原学校办理复学，再申请转学。',
  TARGET_SCHOOL_NOT_ACTIVE: '这所学校已停办或合并，请向承接它的学校申请。',
  TRANSFER_INITIATION_SUSPENDED:
    '每年7月15日至8月14日暂停发起转学。您的申请已经记下，学校可以在8月15日以后发起。',
  WRONG_CASE_KIND: '所选的业务种类不对。不确定的，请不要选择种类，由系统判断。',
};

/** Findings with advice that a family can follow; what is found, and on which law it rests, stays as the law says it. */
export const inFamilyWords = (findings: readonly CaseFinding[]): CaseFinding[] =>
  findings.map((finding) => {
    const advice = ADVICE[finding.code];
    return advice === undefined ? finding : { ...finding, remedy: advice };
  });
