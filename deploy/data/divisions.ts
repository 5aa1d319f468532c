import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Division } from '#services/organization/tree/division.ts';

type DivisionFile = { divisions: Record<string, string> };
type ModelFile = {
  units: { code: string; name: string; under: string }[];
  moved: { code: string; under: string; slot: string }[];
  originsOnly: string[];
};

const read = <T>(file: string): T =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')) as T;

/**
 * Every administrative division of 2023-06-30 and the units that this project adds to them, by code.
 * Sources, date and what of it is our own modelling: README.md.
 */
export function loadDivisions(): Division[] {
  const { divisions } = read<DivisionFile>('divisions.json');
  const model = read<ModelFile>('organization-units.json');
  const moved = new Map(model.moved.map((move) => [move.code, { under: move.under, slot: move.slot }]));
  const originsOnly = new Set(model.originsOnly);
  const listed = Object.entries(divisions).map(([code, name]) => ({
    code,
    name,
    gbt2260: true,
    originOnly: originsOnly.has(code),
    ...moved.get(code),
  }));
  const added = model.units.map((unit) => ({ ...unit, gbt2260: false, originOnly: false }));
  return [...listed, ...added].sort((a, b) => (a.code < b.code ? -1 : 1));
}
