import type { SchoolKind, Stage } from '#libs/contracts/vocabulary.ts';
import type { School } from '#services/organization/school/school.ts';
import type { ManagedBy } from '#services/organization/tree/registry-authority.ts';

/** A school before it has its code and place. */
export type SchoolSketch = {
  name: string;
  kind: SchoolKind;
  stages: readonly Stage[];
  /** The unit under which it stands. */
  unit: string;
  /** Division of its address, GB/T 2260. */
  division: string;
  managedBy: ManagedBy;
  ownership: School['ownership'];
  /** The authority that a private school answers to, where it is not the registry authority. */
  competentAuthority?: string;
  /** Parallel classes in a year of an average cohort. */
  streams: number;
};

const sketch = (
  unit: string,
  name: string,
  kind: SchoolKind,
  streams: number,
  others: Partial<SchoolSketch> = {},
): SchoolSketch => ({
  name,
  kind,
  stages:
    kind === 'KINDERGARTEN'
      ? ['PRESCHOOL']
      : kind === 'SENIOR'
        ? ['SENIOR']
        : kind === 'JUNIOR'
          ? ['JUNIOR']
          : ['PRIMARY'],
  unit,
  division: unit,
  managedBy: 'COUNTY',
  ownership: 'PUBLIC',
  streams,
  ...others,
});

/** A county with enough schools for transfers, promotion and balanced classes to be shown. */
const stockedCounty = (unit: string, name: string): SchoolSketch[] => [
  sketch(unit, `${name}知行小学`, 'PRIMARY', 2),
  sketch(unit, `${name}晨光小学`, 'PRIMARY', 1),
  sketch(unit, `${name}松涛小学`, 'PRIMARY', 1),
  sketch(unit, `${name}启明中学`, 'JUNIOR', 2),
  sketch(unit, `${name}青禾初级中学`, 'JUNIOR', 1),
  sketch(unit, `${name}明理高级中学`, 'SENIOR', 2),
];

/**
 * Schools that every demo nation has, whatever its size, first and in this order, so that their codes never
 * change: Taiyuan in Shanxi and Beiguan in Henan, and one of each unusual kind. All names are made up.
 */
export const CORE_SCHOOLS: readonly SchoolSketch[] = [
  ...stockedCounty('140105', '小店区'),
  ...stockedCounty('140106', '迎泽区'),
  sketch('140107', '杏花岭区知行小学', 'PRIMARY', 1),
  sketch('140107', '杏花岭区启明中学', 'JUNIOR', 1),
  sketch('140106', '太原市明德实验中学', 'SENIOR', 1, { stages: ['JUNIOR', 'SENIOR'], managedBy: 'CITY' }),
  sketch('140105', '山西省知行实验高级中学', 'SENIOR', 2, { managedBy: 'PROVINCE' }),
  sketch('140171', '山西综改示范区九年制学校', 'JUNIOR', 1, {
    stages: ['PRIMARY', 'JUNIOR'],
    division: '140105',
  }),
  sketch('140107', '太原市晨星特殊教育学校', 'SPECIAL_EDUCATION', 1, {
    stages: ['PRIMARY', 'JUNIOR'],
    managedBy: 'CITY',
  }),
  sketch('140105', '小店区松果幼儿园', 'KINDERGARTEN', 0),
  sketch('140105', '太原市青藤双语学校', 'JUNIOR', 1, {
    stages: ['PRIMARY', 'JUNIOR'],
    ownership: 'PRIVATE',
  }),
  ...stockedCounty('410503', '北关区'),
  sketch('140105', '太原市青藤高级中学', 'SENIOR', 0, { ownership: 'PRIVATE', competentAuthority: '140100' }),
  sketch('140107', '太原市工匠职业学校', 'VOCATIONAL', 0, { stages: ['SENIOR'], managedBy: 'CITY' }),
];
