import type { Division } from './division.ts';
import { intervalOf, MINISTRY, type OrgUnit, type UnitLevel } from './org-unit.ts';

const levelOf = (code: string): UnitLevel => {
  if (code.endsWith('0000')) return 'PROVINCE';
  return code.endsWith('00') ? 'CITY' : 'COUNTY';
};

/** The nearest unit above that exists: a county without a city hangs on its province. */
const unitAbove = (division: Division, level: UnitLevel, known: ReadonlySet<string>): string => {
  if (division.under !== undefined) return division.under;
  if (level === 'PROVINCE') return MINISTRY;
  const city = `${division.code.slice(0, 4)}00`;
  return level === 'COUNTY' && known.has(city) ? city : `${division.code.slice(0, 2)}0000`;
};

/**
 * The management tree over the divisions, the ministry first, then by public code.
 *
 * @param divisions rows as `deploy/data` lists them; regions that are origins only get no unit.
 * @throws Error when a row hangs below a unit that the list does not have.
 */
export function buildTree(divisions: readonly Division[]): OrgUnit[] {
  const managed = divisions.filter((division) => !division.originOnly);
  const known = new Set([MINISTRY, ...managed.map((division) => division.code)]);
  const ministry: OrgUnit = {
    code: MINISTRY,
    name: '教育部',
    level: 'MINISTRY',
    parent: null,
    ...intervalOf('MINISTRY', MINISTRY),
    province: MINISTRY,
    gbt2260: false,
  };
  const units = managed.map((division): OrgUnit => {
    const level = levelOf(division.code);
    const slot = division.slot ?? division.code;
    const parent = unitAbove(division, level, known);
    if (!known.has(parent)) throw new Error(`unit ${division.code} hangs below the unknown unit ${parent}`);
    return {
      code: division.code,
      name: division.name,
      level,
      parent,
      ...intervalOf(level, slot),
      province: `${slot.slice(0, 2)}0000`,
      gbt2260: division.gbt2260,
    };
  });
  return [ministry, ...units.sort((a, b) => (a.code < b.code ? -1 : 1))];
}
