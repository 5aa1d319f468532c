/**
 * Writes a workbook of invented first-graders for trying out an import:
 *
 *     npm run demo:workbook -- --rows 100 --bad 10 --year 2026 --out pupils.xlsx
 *
 * The year of entry is that of the running school year unless told otherwise.
 */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { realClock } from '#libs/platform/clock/clock.ts';
import { writeSampleWorkbook } from '#services/enrollment/import/sample/write-sample-workbook.ts';

const options = {
  rows: { type: 'string', default: '100' },
  bad: { type: 'string', default: '10' },
  year: { type: 'string' },
  seed: { type: 'string', default: '1' },
  school: { type: 'string', default: '太原市示范小学' },
  out: { type: 'string', default: 'pupils.xlsx' },
} as const;

function count(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0) {
    throw new Error(`--${name} 须为整数。 --${name} takes a whole number.`);
  }
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const running = schoolYearOn(new Date(realClock.now()));
  const order = {
    rows: count('rows', values.rows),
    bad: count('bad', values.bad),
    entryYear: values.year === undefined ? running : count('year', values.year),
    seed: count('seed', values.seed),
    school: values.school,
  };
  const out = resolve(values.out);
  await mkdir(dirname(out), { recursive: true });
  const written = await writeSampleWorkbook(order, createWriteStream(out));
  console.log(`${out}: ${written.rows} rows, ${written.bad.length} of them bad`);
  for (const { row, title, code } of written.bad) console.log(`  row ${row}: ${title} (${code})`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`示例采集表没有写成：${(error as Error).message}\n`);
  process.exitCode = 1;
}
