import { type DateSystem, dateOfSerial } from '../form-f1/calendar-date.ts';
import type { CellFlag } from '../form-f1/parse-context.ts';
import { cellText } from './cell-text.ts';
import { refusals } from './refusals.ts';
import type { SharedStrings } from './shared-strings.ts';

/** What the XML says of one cell. */
export type SheetCell = {
  type: string;
  style: number;
  /** Text of `v` or of `is`; null when there is neither. */
  value: string | null;
  hasFormula: boolean;
};

/** What cells refer to. */
export type CellSources = {
  readonly strings: SharedStrings | null;
  readonly dateStyles: readonly boolean[];
  readonly dateSystem: DateSystem;
};

/** The text of a cell and what is remarkable about it. */
export type CellContent = { readonly text: string; readonly flag: CellFlag | null };

/** A spreadsheet keeps fifteen digits of a number; whatever is longer has been rounded. */
const EXACT_INTEGER = /^-?\d{1,15}$/;
const FIRST_INEXACT = 1e15;
const SERIALS = { min: 0, max: 2_958_466 };

/** The text of a cell as a reader of the sheet understands it: dates as `yyyy-mm-dd`, cached results of formulas. */
export function contentOf(cell: SheetCell, sources: CellSources): CellContent {
  const { type, value } = cell;
  const isEmpty = value === null || (value === '' && type !== 'str');
  if (isEmpty) return plain('', cell.hasFormula ? 'FORMULA_WITHOUT_VALUE' : null);
  switch (type) {
    case 's':
      return plain(sharedText(value, sources.strings));
    case 'str':
    case 'inlineStr':
      return plain(cellText(value));
    case 'b':
      return plain(value === '1' || value === 'true' ? 'TRUE' : 'FALSE');
    case 'e':
      return plain(value, 'ERROR_VALUE');
    case 'd':
      return plain(value.replace(/T00:00:00(?:\.0+)?Z?$/u, ''));
    default:
      return numberContent(value, sources.dateStyles[cell.style] === true, sources.dateSystem);
  }
}

const plain = (text: string, flag: CellFlag | null = null): CellContent => ({ text, flag });

function sharedText(value: string, strings: SharedStrings | null): string {
  if (strings === null || !/^\d{1,9}$/.test(value))
    throw refusals.damaged('a reference to a shared string is wrong');
  return strings.get(Number(value));
}

function numberContent(value: string, isDate: boolean, system: DateSystem): CellContent {
  const number = Number(value);
  if (!Number.isFinite(number)) throw refusals.damaged('a number cannot be read');
  if (isDate && number > SERIALS.min && number < SERIALS.max) return plain(dateText(number, system));
  if (EXACT_INTEGER.test(value)) return plain(value);
  if (Math.abs(number) >= FIRST_INEXACT) return plain(rounded(number), 'PRECISION_LOST');
  return plain(String(number));
}

/** In this spelling a rounded number cannot be taken for a whole one when a report comes back. */
const rounded = (number: number): string => number.toExponential(14).toUpperCase();

function dateText(serial: number, system: DateSystem): string {
  const seconds = Math.round((serial % 1) * 86_400);
  const day = dateOfSerial(serial, system);
  if (seconds === 0) return day;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${day} ${two(seconds / 3_600)}:${two((seconds % 3_600) / 60)}:${two(seconds % 60)}`;
}
