import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace, type OwnerLevel } from '../finding.ts';

/** What a province sets for skipping or repeating: forbidden, or the lowest level that may process it. */
export type GradePermissionSetting = 'FORBIDDEN' | 'CITY' | 'COUNTY';

const DECIDERS: Readonly<Record<Exclude<GradePermissionSetting, 'FORBIDDEN'>, readonly OwnerLevel[]>> = {
  COUNTY: ['COUNTY', 'CITY', 'PROVINCE'],
  CITY: ['CITY', 'PROVINCE'],
};

/**
 * Who decides on skipping and repeating is what the province has set (ACC-16): the level named, or a higher one that is
 * itself the registry authority of the school.
 */
export const judgeGradePermission = (
  facts: { setting: GradePermissionSetting | null; decider: OwnerLevel },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const { setting, decider } = facts;
  if (setting && setting !== 'FORBIDDEN' && DECIDERS[setting].includes(decider)) return [];
  return findingIfInForce('ACC-16', {
    message: '省级未授予本级办理跳级、留级的权限。',
    messageEn: 'The province has not granted this level the permission.',
    remedy: '请由省级设定的权限单位办理。',
    ownerLevel: 'PROVINCE',
    on,
    place,
  });
};

/** Only the province sets these permissions, for its own cities and counties (ACC-16). */
export const judgePermissionSetting = (
  facts: { setBy: OwnerLevel; ofProvince: string; forProvince: string },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (facts.setBy === 'PROVINCE' && facts.ofProvince === facts.forProvince) return [];
  return findingIfInForce('ACC-16', {
    message: '跳级、留级的办理权限由本省省级教育行政部门设定。',
    messageEn: 'The permissions are set by the province, for its own places.',
    remedy: '请由省级教育行政部门设定。',
    ownerLevel: 'PROVINCE',
    on,
    place,
  });
};
