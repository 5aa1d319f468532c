/** A family member or guardian on the collection form, items 18-26 and 27-35. */
export type GuardianFacts = {
  name?: string | null;
  relation?: string | null;
  isLegalGuardian?: boolean | null;
  idDocumentType?: string | null;
  idDocumentNumber?: string | null;
  householdAddress?: string | null;
  phone?: string | null;
};

/** The collection form as the law reads it: form F1, the Shanxi annex. Missing = absent, null or blank. */
export type CollectionFormFacts = {
  name?: string | null;
  gender?: string | null;
  nationalityOrRegion?: string | null;
  /** NONE, or where a pupil from outside the mainland comes from. */
  overseasCategory?: string | null;
  ethnicGroup?: string | null;
  /** RESIDENT_ID, HK_MACAO_PERMIT, TAIWAN_PERMIT, PASSPORT, OTHER, NONE. */
  idDocumentType?: string | null;
  idDocumentNumber?: string | null;
  birthDate?: string | null;
  currentAddress?: string | null;
  householdAddress?: string | null;
  gradeName?: string | null;
  className?: string | null;
  isBoarder?: boolean | null;
  isDisabled?: boolean | null;
  isLeftBehind?: boolean | null;
  disabilityType?: string | null;
  /** SPECIAL_SCHOOL, INCLUSIVE, HOME_TEACHING. */
  placementMode?: string | null;
  hasResidencePermit?: boolean | null;
  residencePermitIssuer?: string | null;
  residencePermitIssueDate?: string | null;
  guardians?: readonly GuardianFacts[] | null;
};

/** One item of the form that must be there: ★, or an asterisk, which counts as ★ by a switch (CF-25). */
export type RequiredItem<F> = { item: number; field: keyof F & string; label: string; asterisk?: true };

/** Required items about the pupil. Items 36 and 37 only when item 16 is yes. */
export const STUDENT_ITEMS: readonly RequiredItem<CollectionFormFacts>[] = [
  { item: 1, field: 'name', label: '姓名' },
  { item: 3, field: 'gender', label: '性别' },
  { item: 4, field: 'nationalityOrRegion', label: '国籍/地区' },
  { item: 5, field: 'overseasCategory', label: '港澳台侨外' },
  { item: 6, field: 'ethnicGroup', label: '民族' },
  { item: 7, field: 'idDocumentType', label: '身份证件类型' },
  { item: 9, field: 'birthDate', label: '出生日期' },
  { item: 10, field: 'currentAddress', label: '现居住详细地址', asterisk: true },
  { item: 11, field: 'householdAddress', label: '户口所在地具体地址', asterisk: true },
  { item: 12, field: 'gradeName', label: '年级' },
  { item: 13, field: 'className', label: '班级' },
  { item: 15, field: 'isBoarder', label: '是否寄宿生' },
  { item: 16, field: 'isDisabled', label: '是否残疾人' },
  { item: 17, field: 'isLeftBehind', label: '是否农村留守儿童' },
];

/** Required when the pupil is disabled. */
export const DISABILITY_ITEMS: readonly RequiredItem<CollectionFormFacts>[] = [
  { item: 36, field: 'disabilityType', label: '残疾类型' },
  { item: 37, field: 'placementMode', label: '特教学生就读类型' },
];

/** Required for each family member entered; the second block counts from item 27. */
export const GUARDIAN_ITEMS: readonly RequiredItem<GuardianFacts>[] = [
  { item: 18, field: 'name', label: '姓名' },
  { item: 19, field: 'relation', label: '关系' },
  { item: 20, field: 'isLegalGuardian', label: '是否监护人' },
  { item: 22, field: 'idDocumentType', label: '身份证件类型' },
  { item: 23, field: 'idDocumentNumber', label: '身份证件号' },
  { item: 25, field: 'householdAddress', label: '户口所在地具体地址' },
  { item: 26, field: 'phone', label: '联系电话' },
];

/** The items that every valid identity document gives; asked for everywhere (ENR-07). */
export const IDENTITY_ITEMS: ReadonlySet<string> = new Set([
  'name',
  'gender',
  'nationalityOrRegion',
  'idDocumentType',
  'birthDate',
]);

/** True for an item that was left out. `false` is an answer. */
export const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
