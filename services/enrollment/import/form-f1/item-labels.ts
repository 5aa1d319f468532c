/** Labels that stand in the block of the student and in those of the guardians, with usual variants. */
export const NAME_LABELS = ['姓名', '名字'] as const;
export const ETHNIC_GROUP_LABELS = ['民族'] as const;
export const DOCUMENT_TYPE_LABELS = ['身份证件类型', '证件类型', '身份证类型', '有效身份证件类型'] as const;
export const DOCUMENT_NUMBER_LABELS = [
  '身份证件号',
  ...[
    '身份证件号码',
    '证件号',
    '证件号码',
    '身份证号',
    '身份证号码',
    '居民身份证号',
    '居民身份证号码',
    '公民身份号码',
  ],
] as const;
export const HOUSEHOLD_ADDRESS_LABELS = [
  '户口所在地具体地址',
  ...[
    '户口所在地详细地址',
    '户口所在地地址',
    '户口所在地',
    '户籍所在地',
    '户籍所在地详细地址',
    '户籍地址',
    '户籍详细地址',
  ],
] as const;
export const PHONE_LABELS = [
  '联系电话',
  '电话',
  '手机',
  '手机号',
  '手机号码',
  '联系方式',
  '电话号码',
] as const;
