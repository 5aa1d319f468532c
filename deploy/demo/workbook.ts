/**
 * Writes a workbook of invented first-graders for trying out an import:
 *
 *     npm run demo:workbook -- --rows 100 --bad 10 --year 2025 --out pupils.xlsx
 */
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeSampleWorkbook } from '#services/enrollment/import/sample/write-sample-workbook.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100' },
    bad: { type: 'string', default: '10' },
    year: { type: 'string', default: '2025' },
    seed: { type: 'string', default: '1' },
    school: { type: 'string', default: '太原市示范小学' },
    out: { type: 'string', default: 'pupils.xlsx' },
  },
});

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`);
  return value;
}

const out = path.resolve(values.out);
const written = await writeSampleWorkbook(
  {
    rows: count('rows', values.rows),
    bad: count('bad', values.bad),
    entryYear: count('year', values.year),
    seed: count('seed', values.seed),
    school: values.school,
  },
  createWriteStream(out),
);
console.log(`${out}: ${written.rows} rows, ${written.bad.length} of them bad`);
for (const { row, title, code } of written.bad) console.log(`  row ${row}: ${title} (${code})`);
