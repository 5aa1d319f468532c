import { enforces } from '#libs/law/enforces.ts';
import type { RowProblem } from '../problems/row-problem.ts';
import { readDate } from './calendar-date.ts';
import { FLAG_FAULTS, REQUIRED_MISSING, TOO_LONG_TEXT, UNREADABLE_TEXT } from './cell-faults.ts';
import { GRADES } from './codes/school-life.ts';
import { addressOf, checkTogether, hasSecondGuardian } from './cross-checks.ts';
import type { F1Item } from './item.ts';
import { ALL_ITEMS, isMarkedRequired } from './items.ts';
import type { CellFlag, ParseContext } from './parse-context.ts';
import type { Reading } from './reading-cell.ts';
import { type F1Address, F1Row } from './row.ts';
import { RowDraft } from './row-draft.ts';
import { cleanText, isUnreadable } from './text.ts';

/** The verdict on one row. Warnings do not stop a row. */
export type ParsedRow =
  | { readonly ok: true; readonly registration: F1Row; readonly warnings: readonly RowProblem[] }
  | {
      readonly ok: false;
      readonly problems: readonly RowProblem[];
      readonly warnings: readonly RowProblem[];
    };

/** Items whose absence is judged together with another cell. */
const JUDGED_TOGETHER = new Set(['ethnicGroup', 'idDocumentNumber', 'guardians.0.idDocumentNumber']);
const DATES = new Set(['birthDate', 'residencePermitIssueDate', 'filledOn']);
/** Readers judge short texts only; whatever is longer than any cell of the form is refused before. */
const MAX_CELL = 2_000;

/**
 * Reads one row of the collection form F1: `cells` holds the text of each known column by item key, `flags` what
 * the file reader found out about a cell. Returns the registration or every problem of the row at once.
 * Pure; neither messages nor warnings repeat what the cells hold.
 */
export function parseRow(
  cells: ReadonlyMap<string, string>,
  context: ParseContext,
  flags: ReadonlyMap<string, CellFlag> = new Map(),
): ParsedRow {
  enforces('ID-22', 'ID-23');
  const draft = new RowDraft();
  for (const item of ALL_ITEMS)
    readItem(draft, item, cells.get(item.key) ?? '', flags.get(item.key), context);
  checkTogether(draft, context);
  if (draft.problems.length > 0)
    return { ok: false, problems: inFormOrder(draft.problems), warnings: draft.warnings };
  return { ok: true, registration: assemble(draft), warnings: draft.warnings };
}

function readItem(
  draft: RowDraft,
  item: F1Item,
  raw: string,
  flag: CellFlag | undefined,
  context: ParseContext,
): void {
  if (flag !== undefined) {
    draft.refuse(item, FLAG_FAULTS[flag]);
    return;
  }
  const text = raw === '' ? '' : cleanText(raw);
  if (text === '') {
    const needed = item.block !== 'GUARDIAN_TWO' && !JUDGED_TOGETHER.has(item.key);
    if (needed && isMarkedRequired(item, context.asteriskIsRequired ?? true))
      draft.refuse(item, REQUIRED_MISSING);
    return;
  }
  if (text.length > MAX_CELL || isUnreadable(text)) {
    draft.refuse(item, text.length > MAX_CELL ? TOO_LONG_TEXT : UNREADABLE_TEXT);
    return;
  }
  const reading = readText(item, text, context);
  if (reading.ok) draft.set(item.key, reading.value);
  else draft.refuse(item, reading.fault);
}

const readText = (item: F1Item, text: string, context: ParseContext): Reading<unknown> =>
  DATES.has(item.key) ? readDate(text, context.dateSystem) : item.read(text);

function inFormOrder(problems: readonly RowProblem[]): RowProblem[] {
  const orderOf = (problem: RowProblem) => problem.item ?? Number.MAX_SAFE_INTEGER;
  return problems.toSorted((a, b) => orderOf(a) - orderOf(b));
}

/** Field and column key of every value, by its place in F1Row. */
const SECTIONS: ReadonlyMap<string, readonly (readonly [string, string])[]> = sections();

function sections(): Map<string, [string, string][]> {
  const byPlace = new Map<string, [string, string][]>();
  for (const item of ALL_ITEMS) {
    const place = item.path.slice(0, -1).join('.');
    byPlace.set(place, [...(byPlace.get(place) ?? []), [item.path.at(-1) ?? item.key, item.key]]);
  }
  return byPlace;
}

/** Puts the values of a draft without problems into the shape of the registry. */
function assemble(draft: RowDraft): F1Row {
  const section = (place: string): Record<string, unknown> =>
    Object.fromEntries((SECTIONS.get(place) ?? []).map(([field, key]) => [field, draft.value(key) ?? null]));
  const grade = GRADES.find(draft.text('gradeName') ?? '');
  return F1Row.parse({
    student: {
      ...section('student'),
      gradeName: grade && GRADES.nameOf(grade),
      schoolYearIndex: Number(grade),
      currentAddress: withRegion(draft, 'currentAddress', 'currentRegionCode'),
      householdAddress: withRegion(draft, 'householdAddress', 'householdRegionCode'),
    },
    guardians: [section('guardians.0'), ...(hasSecondGuardian(draft) ? [section('guardians.1')] : [])],
    extras: section('extras'),
  });
}

function withRegion(draft: RowDraft, address: string, column: string): F1Address | null {
  const written = addressOf(draft, address);
  if (written === undefined) return null;
  return { ...written, regionCode: draft.text(column) ?? written.regionCode };
}
