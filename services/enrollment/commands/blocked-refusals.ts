import { v7 as uuidv7 } from 'uuid';
import { RegistrationRefusalBlocked } from '#libs/contracts/events/refusal.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';
import { type Recorded, recorded } from '#libs/platform/events/outbox.ts';
import type { Decided } from '../decision/decide.ts';
import type { Row } from './save-decisions.ts';

/** What the monthly list learns of a refusal that nothing but its unlawful ground stood against (STA-11). */
export const blockedRefusal = async (
  directory: Directory,
  unit: string,
  row: Row,
  { findings }: Decided,
): Promise<Recorded[]> => {
  const isBlocked = findings.length > 0 && findings.every(({ code }) => code === 'ILLEGAL_REJECTION_REASON');
  const range = isBlocked ? await directory.rangeOf(unit) : undefined;
  if (range === undefined) return [];
  return [
    recorded(RegistrationRefusalBlocked, `registration-refusal:${uuidv7()}`, 1, {
      enrollment: row.enrollment,
      school: row.school,
      place: Number(row.place),
      province: row.province,
      unit,
      unitPlace: range.lo,
      rules: [...new Set(findings.map(({ ruleId }) => ruleId))],
    }),
  ];
};
