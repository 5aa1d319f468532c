import { fail, type Reading, read } from './reading-cell.ts';

/** Where day 1 of a workbook lies: 1900 (Windows) or 1904 (old Macintosh). */
export type DateSystem = 1900 | 1904;

const MS_PER_DAY = 86_400_000;
/** Serial 0 of the 1900 system, taking in its day 29 February 1900 that never was (true from serial 61 on). */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const DAYS_1904 = 1_462;
/** Serials of about 1927 to 2064; other five-digit numbers are not dates of living people. */
const SERIAL = { min: 10_000, max: 60_000 };

const SHAPES = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

const NOT_READABLE = fail({
  ruleId: null,
  code: 'DATE_NOT_READABLE',
  what: '日期格式无法识别。',
  remedy: '请按“2019-09-01”的格式填写。',
  en: 'not a date; expected yyyy-mm-dd.',
});
const IMPOSSIBLE = fail({
  ruleId: null,
  code: 'DATE_IMPOSSIBLE',
  what: '日期不存在（没有这个月或这一天）。',
  remedy: '请核对后按“2019-09-01”的格式填写。',
  en: 'no such day in the calendar.',
});

/**
 * Reads a calendar day: `2019-09-01`, `2019/9/1`, `2019.9.1`, `20190901`, `2019年9月1日` or an Excel serial.
 * Result `yyyy-mm-dd`.
 */
export function readDate(text: string, system: DateSystem = 1900): Reading<string> {
  const plain = text.replace(/(?<=[年月]) | (?=[年月日])/gu, '');
  if (/^\d{5}(\.0+)?$/.test(plain)) return readSerial(Number(plain), system);
  for (const shape of SHAPES) {
    const match = shape.exec(plain);
    if (match !== null) return dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  }
  return NOT_READABLE;
}

function readSerial(serial: number, system: DateSystem): Reading<string> {
  if (serial < SERIAL.min || serial > SERIAL.max) return NOT_READABLE;
  return read(dateOfSerial(serial, system));
}

/** The day of a serial number, `yyyy-mm-dd`; the fraction (time of day) is left out. */
export function dateOfSerial(serial: number, system: DateSystem): string {
  const days = Math.floor(serial) + (system === 1904 ? DAYS_1904 : 0);
  return new Date(EPOCH_1900 + days * MS_PER_DAY).toISOString().slice(0, 10);
}

function dayOf(year: number, month: number, day: number): Reading<string> {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1900 ? read(date.toISOString().slice(0, 10)) : IMPOSSIBLE;
}
