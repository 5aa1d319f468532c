import type { IsoDate } from '#libs/law/dates.ts';
import type { AdmissionArea } from '#libs/law/organization/admission-area.ts';
import type { ExamRegistration } from '#libs/law/organization/exam-registration.ts';
import type { SchoolSketch } from './core-schools.ts';

const TAIYUAN = '140100';
const SHANXI = '140000';

/** The counties of Taiyuan that are not districts of the town: each admits for itself. */
const TAIYUAN_COUNTIES: Readonly<Record<string, string>> = {
  140121: '清徐县招生区',
  140122: '阳曲县招生区',
  140123: '娄烦县招生区',
  140181: '古交市招生区',
};

/**
 * Areas from which the senior schools of Taiyuan admit: one of the districts of the town, one of each county around it,
 * and one of the province for a school that it runs (TRF-15). DEMO FACTS: plausible, named by nobody.
 */
export const demoAdmissionAreas = (
  { unit, stages, managedBy, kind }: SchoolSketch,
  from: IsoDate,
): AdmissionArea[] => {
  if (!unit.startsWith('1401') || !stages.includes('SENIOR') || kind === 'VOCATIONAL') return [];
  if (managedBy === 'PROVINCE') return [{ area: '山西省属高中招生区', within: SHANXI, from }];
  return [{ area: TAIYUAN_COUNTIES[unit] ?? '太原市城区招生区', within: TAIYUAN, from }];
};

/**
 * Last days of the registration for the college entrance examination in Shanxi, by school year (TRF-16). DEMO FACTS:
 * announced by nobody.
 */
export const demoExamRegistrations = (): ExamRegistration[] =>
  [2024, 2025, 2026].map((schoolYear) => ({ region: SHANXI, schoolYear, endsOn: `${schoolYear}-11-10` }));
