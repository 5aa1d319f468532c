/** Who has a turn in a case of another service, in the words of the clerks. */
export const CASE_PARTIES = {
  TARGET_SCHOOL: '转入学校',
  PREFILING_BUREAU: '备案部门',
  SOURCE_SCHOOL: '转出学校',
  SOURCE_AUTHORITY: '转出学校主管部门',
  TARGET_AUTHORITY: '转入学校主管部门',
  TARGET_COMPETENT_AUTHORITY: '转入地主管部门',
  SCHOOL: '学校',
  AUTHORITY: '主管部门',
  CITY: '市级主管部门',
  SYSTEM: '系统核验',
  CUSTODIAN: '档案保管单位',
  RECEIVER: '档案接收单位',
} as const;

export type CaseParty = keyof typeof CASE_PARTIES;
