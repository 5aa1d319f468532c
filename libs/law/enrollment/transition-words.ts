import type { EnrollmentStatus, StatusEvent } from './status.ts';

/** What clerks call a status. */
export const STATUS_NAMES: Record<EnrollmentStatus, string> = {
  PENDING_APPROVAL: '待核准',
  RETURNED_TO_SCHOOL: '退回学校更正',
  REFUSED: '不予核准',
  IN_SCHOOL: '在校',
  SUSPENDED: '休学',
  GRADUATED: '毕业',
  ADMITTED: '被招生（未报到）',
  COMPLETED: '结业',
  WITHDRAWN: '退学',
  EXPELLED: '开除',
  ABROAD: '出境',
  LEFT_OTHER: '其他离校',
  CANCELLED: '注销',
  ADMISSION_CANCELLED: '取消入学资格',
};

/** What clerks call an event. */
export const EVENT_NAMES: Record<StatusEvent, string> = {
  APPROVE: '核准学籍',
  SEND_BACK: '退回学校更正',
  REFUSE: '不予核准',
  RESUBMIT: '重新提交',
  SUSPEND: '休学',
  RESUME: '复学',
  GRADUATE: '毕业',
  ADMIT: '招生',
  ADMIT_CROSS_PROVINCE: '跨省就学',
  REPORT: '报到',
  CANCEL_ADMISSION: '取消入学资格',
  RELEASE_FOR_ADMISSION: '恢复毕业生状态',
  ROLL_BACK_ADMISSION: '招生回退',
  ROLL_BACK_GRADUATION: '毕业回退',
  COMPLETE: '结业',
  WITHDRAW: '退学',
  DECLARE_INCOMPLETE: '肄业认定',
  EXPEL: '开除',
  LEAVE_OTHERWISE: '其他离校',
  COME_BACK: '返校',
  GO_ABROAD: '出境',
  RETURN_FROM_ABROAD: '回境就读',
  TAKE_UP_AFTER_TRANSFER: '转学后入校',
  ENTER_SPECIALIZED_SCHOOL: '入读专门学校',
  LEAVE_SPECIALIZED_SCHOOL: '从专门学校返回',
  DIE: '死亡注销',
  CANCEL: '注销学籍',
};

/** What to do instead. */
export const remedyFor = (code: string, status: EnrollmentStatus): string =>
  BY_CODE[code] ?? BY_STATUS[status];

const BY_CODE: Readonly<Record<string, string>> = {
  WITHDRAWAL_FORBIDDEN_COMPULSORY: '义务教育阶段不予退学：请安排继续就读，已离校的列入控辍保学台账劝返。',
  EXPULSION_FORBIDDEN_COMPULSORY: '义务教育阶段不得开除：请通过教育管理措施处理，保留学籍。',
  REASSIGN_SCHOOL: '义务教育阶段不取消入学资格：请由县级教育行政部门另行安排学校。',
  TYPE_NOT_APPLICABLE: '结业、肄业只适用于普通高中。',
  CHANGE_TYPE_UNKNOWN: '学前儿童只办理入园、转园、离园、毕业、升学。',
  CANCELLATION_REASON_NOT_ALLOWED: '除学生死亡外不注销学籍：请按实际情况办理其他业务。',
};

const BY_STATUS: Record<EnrollmentStatus, string> = {
  PENDING_APPROVAL: '请等待或催办学籍主管部门核准；学生可以先入学就读。',
  RETURNED_TO_SCHOOL: '请先更正并重新提交，经核准后再办理。',
  REFUSED: '该学籍已终止，请按学生实际情况重新办理。',
  IN_SCHOOL: '请核对学生当前状态和所办业务。',
  SUSPENDED: '请先在原学校办理复学。',
  GRADUATED: '请由下一学段学校办理招生；误操作的，由主管部门毕业回退。',
  ADMITTED: '请先办理报到；误招生的，由主管部门招生回退。',
  COMPLETED: '学习已结束，请核对所办业务。',
  WITHDRAWN: '继续就读的，请由接收学校办理转学。',
  EXPELLED: '继续就读的，请由接收学校办理转学。',
  ABROAD: '请先办理回境就读，或由接收学校办理转学。',
  LEFT_OTHER: '请先办理返校，或由接收学校办理转学。',
  CANCELLED: '学籍已注销，只保留信息记录；属误操作的，请报主管部门处理。',
  ADMISSION_CANCELLED: '请先恢复毕业生状态，由其他学校招生。',
};
