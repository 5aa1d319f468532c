import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ImportFailure } from '#deploy/local/import/failure.ts';
import { writeTemplate } from '#services/enrollment/import/sample/write-sample-workbook.ts';

/** Writes an empty collection form for a school to fill in; needs no registry. Resolves with the exit code. */
export async function saveTemplate(path: string): Promise<number> {
  const file = resolve(path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeTemplate(createWriteStream(file, { flags: 'wx' }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new ImportFailure(`${file} 已存在，没有改动它。`, 'The file exists and was left as it is.');
    }
    throw new ImportFailure(`模板存不下：${(error as Error).message}`, `Cannot write ${file}.`);
  }
  process.stdout.write(`空白采集表已存为 ${file}，填写后用 npm run import -- ${path} 导入。\n`);
  return 0;
}
