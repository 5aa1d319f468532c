import type { Role } from '#libs/platform/actor/claims.ts';

/** Claims of an access token of the demo nation, without issuer, audience and times. */
export type DemoClaims = {
  sub: string;
  name: string;
  /** Unit code, for people of an authority. */
  unit?: string;
  /** School code, for people of a school. */
  school?: string;
  level: 'MINISTRY' | 'PROVINCE' | 'CITY' | 'COUNTY' | 'SCHOOL' | 'NONE';
  department?: 'ADMINISTRATIVE' | 'TECHNICAL';
  roles: Role[];
  /** OAuth scopes, parted by spaces. */
  scope: string;
  acr: string;
};

/** Somebody to sign in as. */
export type DemoIdentity = {
  /** Short name to ask for a token by. */
  name: string;
  level: DemoClaims['level'];
  /** Who it is, in Chinese. */
  title: string;
  claims: DemoClaims;
  /** Key of the demo class that a class teacher leads. */
  classKey?: string;
  /** Key of the demo pupil whose first legal guardian this is. */
  pupilKey?: string;
};

/** Groups of guarded fields and acts, as OAuth scopes. */
export const SCOPES = {
  basic: 'student:read',
  identity: 'student:identity',
  contact: 'student:contact',
  guardian: 'student:guardian',
  health: 'student:health',
  write: 'student:write',
  decide: 'case:decide',
  statistics: 'statistics:read',
  operations: 'operations:read',
  organization: 'organization:read',
  accounts: 'account:report',
} as const;

const scopes = (...names: (keyof typeof SCOPES)[]): string => names.map((name) => SCOPES[name]).join(' ');

const SCHOOL_WORK = scopes(
  'basic',
  'identity',
  'contact',
  'guardian',
  'health',
  'write',
  'statistics',
  'organization',
);
const AUTHORITY_WORK = `${SCHOOL_WORK} ${SCOPES.decide}`;

/** Stand-in for a signature with a second factor; what a real provider calls it is configuration. */
export const TWO_FACTORS = 'urn:demo:acr:two-factors';
export const ONE_FACTOR = 'urn:demo:acr:one-factor';

/** Codes of core schools; a test holds them to the demo nation. */
export const DEMO_SCHOOLS = {
  taiyuanPrimary: '2114000001',
  otherTaiyuanPrimary: '2114000004',
  beiguanPrimary: '2141000001',
} as const;

const authority = (
  name: string,
  title: string,
  level: DemoClaims['level'],
  unit: string,
  more: Partial<DemoClaims> = {},
): DemoIdentity => ({
  name,
  level,
  title,
  claims: {
    sub: `demo-${name}`,
    name: title,
    unit,
    level,
    department: 'ADMINISTRATIVE',
    roles: ['REGISTRAR', 'DECISION_MAKER'],
    scope: AUTHORITY_WORK,
    acr: TWO_FACTORS,
    ...more,
  },
});

const atSchool = (
  name: string,
  title: string,
  school: string,
  role: Role,
  more: Partial<DemoIdentity> = {},
): DemoIdentity => ({
  name,
  level: 'SCHOOL',
  title,
  claims: {
    sub: `demo-${name}`,
    name: title,
    school,
    level: 'SCHOOL',
    roles: [role],
    scope: role === 'DECISION_MAKER' ? AUTHORITY_WORK : SCHOOL_WORK,
    acr: TWO_FACTORS,
  },
  ...more,
});

const outside = (
  name: string,
  title: string,
  role: Role,
  scope: string,
  more: Partial<DemoIdentity> = {},
): DemoIdentity => ({
  name,
  level: 'NONE',
  title,
  claims: { sub: `demo-${name}`, name: title, level: 'NONE', roles: [role], scope, acr: ONE_FACTOR },
  ...more,
});

const OWN_CHILD = scopes('basic', 'identity', 'contact', 'guardian', 'health');
const { taiyuanPrimary, otherTaiyuanPrimary, beiguanPrimary } = DEMO_SCHOOLS;

/** Everybody one can sign in as, for the demo nation of a school year (its autumn). */
export const demoIdentities = (schoolYear = 2026): DemoIdentity[] => [
  authority('ministry', '教育部基础教育司（演示）', 'MINISTRY', '000000', {
    roles: ['DECISION_MAKER'],
    scope: scopes('basic', 'decide', 'statistics', 'organization', 'operations'),
  }),
  authority('information-centre', '教育部教育管理信息中心（演示）', 'MINISTRY', '000000', {
    department: 'TECHNICAL',
    roles: ['INFORMATION_CENTRE'],
    scope: scopes('basic', 'identity', 'decide', 'statistics', 'operations', 'accounts'),
  }),
  authority('call-centre', '技术服务呼叫中心（演示）', 'MINISTRY', '000000', {
    department: 'TECHNICAL',
    roles: ['CALL_CENTRE'],
    scope: scopes('basic', 'identity'),
  }),
  authority('shanxi', '山西省教育厅（演示）', 'PROVINCE', '140000', {
    scope: `${AUTHORITY_WORK} ${SCOPES.operations}`,
  }),
  authority('taiyuan', '太原市教育局（演示）', 'CITY', '140100'),
  authority('xiaodian', '太原市小店区教育局（演示）', 'COUNTY', '140105'),
  authority('xiaodian-head', '太原市小店区教育局核办人员（演示）', 'COUNTY', '140105', {
    roles: ['DECISION_MAKER'],
  }),
  authority('yingze', '太原市迎泽区教育局（演示）', 'COUNTY', '140106'),
  authority('yingze-head', '太原市迎泽区教育局核办人员（演示）', 'COUNTY', '140106', {
    roles: ['DECISION_MAKER'],
  }),
  authority('beiguan', '安阳市北关区教育局（演示）', 'COUNTY', '410503'),
  atSchool('registrar', '小店区知行小学学籍管理员（演示）', taiyuanPrimary, 'REGISTRAR'),
  atSchool('head', '小店区知行小学核办人员（演示）', taiyuanPrimary, 'DECISION_MAKER'),
  atSchool('other-registrar', '迎泽区知行小学学籍管理员（演示）', otherTaiyuanPrimary, 'REGISTRAR'),
  atSchool('other-head', '迎泽区知行小学核办人员（演示）', otherTaiyuanPrimary, 'DECISION_MAKER'),
  atSchool('class-teacher', '小店区知行小学班主任（演示）', taiyuanPrimary, 'CLASS_TEACHER', {
    classKey: `${taiyuanPrimary}-${schoolYear - 2}-1`,
  }),
  outside('guardian', '学生家长（演示）', 'GUARDIAN', OWN_CHILD, {
    pupilKey: `${taiyuanPrimary}-${schoolYear - 2}-1-01`,
  }),
  outside('stranger', '其他学生家长（演示）', 'GUARDIAN', OWN_CHILD, {
    pupilKey: `${beiguanPrimary}-${schoolYear - 2}-1-01`,
  }),
  outside('integrator', '小店区政务数据平台（演示）', 'INTEGRATOR', scopes('basic')),
];
