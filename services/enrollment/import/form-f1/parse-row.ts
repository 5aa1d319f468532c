import { enforces } from '#libs/law/enforces.ts';
import { type DateSystem, readDate } from './calendar-date.ts';
import { FLAG_FAULTS, TOO_LONG_TEXT, UNREADABLE_TEXT } from './cell-faults.ts';
import { GRADES } from './codes/school-life.ts';
import { addressOf, checkTogether } from './cross-checks.ts';
import { FormDraft } from './form-draft.ts';
import { GUARDIAN_ONE_ITEMS, GUARDIAN_TWO_ITEMS } from './guardian-items.ts';
import type { F1Item } from './item.ts';
import { ALL_ITEMS } from './items.ts';
import type { CellFlag, ParseContext } from './parse-context.ts';
import type { Reading } from './reading-cell.ts';
import { type F1Address, F1Row } from './row.ts';
import { cleanText, isUnreadable } from './text.ts';

const DATES = new Set(['birthDate', 'residencePermitIssueDate', 'filledOn']);
/** Readers judge short texts only; whatever is longer than any cell of the form is refused before. */
const MAX_CELL = 2_000;

/**
 * Reads one row of the collection form F1: `cells` holds the text of each known column by item key, `flags` what
 * the file reader found out about a cell. What is missing is not told here: the law says what has to be there.
 * Pure; neither problems nor warnings repeat what the cells hold.
 */
export function readRow(
  cells: ReadonlyMap<string, string>,
  context: ParseContext,
  flags: ReadonlyMap<string, CellFlag> = new Map(),
): FormDraft {
  enforces('ID-22');
  const draft = new FormDraft(context);
  for (const item of ALL_ITEMS)
    readCell(draft, item, cells.get(item.key) ?? '', flags.get(item.key), context);
  checkTogether(draft, context);
  return draft;
}

function readCell(
  draft: FormDraft,
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
  if (text === '') return;
  const reading = readItem(item, text, context.dateSystem);
  if (reading.ok) draft.set(item.key, reading.value);
  else draft.refuse(item, reading.fault);
}

/** What a cleaned text that is not empty means as an item of the form. */
export function readItem(item: F1Item, text: string, dateSystem?: DateSystem): Reading<unknown> {
  if (text.length > MAX_CELL) return { ok: false, fault: TOO_LONG_TEXT };
  if (isUnreadable(text)) return { ok: false, fault: UNREADABLE_TEXT };
  return DATES.has(item.key) ? readDate(text, dateSystem) : item.read(text);
}

/** How many of the family members are entered at all: the second alone stands on the form as the second. */
export function guardiansIn(draft: FormDraft): 0 | 1 | 2 {
  const isBegun = (items: readonly F1Item[]) => items.some(({ key }) => !draft.isEmpty(key));
  if (isBegun(GUARDIAN_TWO_ITEMS)) return 2;
  return isBegun(GUARDIAN_ONE_ITEMS) ? 1 : 0;
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

/** Puts the values of a draft that nothing speaks against into the shape of the registry. */
export function rowOf(draft: FormDraft): F1Row {
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
    guardians: Array.from({ length: guardiansIn(draft) }, (_, at) => section(`guardians.${at}`)),
    extras: section('extras'),
  });
}

/** An address together with the division code of its own column. */
export function withRegion(draft: FormDraft, address: string, column: string): F1Address | null {
  const written = addressOf(draft, address);
  if (written === undefined) return null;
  return { ...written, regionCode: draft.text(column) ?? written.regionCode };
}
