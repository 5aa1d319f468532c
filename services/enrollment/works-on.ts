import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';

/** Whether somebody works on a school's records: its own staff, or its registry authority; no level above it (ORG-11). */
export const worksOn = ({ level, school, unit }: Actor, fact: SchoolFact | undefined): boolean => {
  enforces('ORG-11');
  if (fact === undefined) return false;
  return level === 'SCHOOL' ? school === fact.code : unit === fact.authority;
};
