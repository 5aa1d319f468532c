import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { codesOf, judgeFile, openBytes } from '../fixtures/form-files.ts';
import { ALL_ITEMS } from '../form-f1/items.ts';
import { MISTAKES } from './bad-rows.ts';
import { type SampleWorkbook, writeSampleWorkbook, writeTemplate } from './write-sample-workbook.ts';

async function sample(rows: number, bad: number): Promise<{ bytes: Buffer; said: SampleWorkbook }> {
  const sink = new PassThrough();
  const order = { rows, bad, seed: 3, entryYear: 2026, school: '示范小学' };
  const [bytes, said] = await Promise.all([buffer(sink), writeSampleWorkbook(order, sink)]);
  return { bytes, said };
}

describe('the sample workbook', () => {
  test('is the same, byte for byte, for the same order', async () => {
    const [one, two] = await Promise.all([sample(50, 5), sample(50, 5)]);
    expect(one.bytes.equals(two.bytes)).toBe(true);
  });

  test('has exactly the bad rows it names, each found by the code it names', async () => {
    const { bytes, said } = await sample(120, MISTAKES.length);
    const verdicts = await judgeFile(bytes);
    const refused = [...verdicts].filter(([, verdict]) => !verdict.ok).map(([row]) => row);
    expect(refused).toEqual(said.bad.map(({ row }) => row));
    expect(new Set(said.bad.map(({ title }) => title)).size).toBe(MISTAKES.length);
    for (const { row, code } of said.bad) expect(codesOf(verdicts.get(row))).toContain(code);
    expect(verdicts.size).toBe(120);
  });

  test('its good pupils are six by 31 August of the entry year', async () => {
    const { bytes } = await sample(200, 0);
    for (const verdict of (await judgeFile(bytes)).values()) {
      const birthDate = verdict.ok ? verdict.handed.form.birthDate : '';
      expect(birthDate >= '2019-09-01' && birthDate <= '2020-08-31').toBe(true);
    }
  });
});

test('the empty form has a column for every item that an import understands, and nothing else', async () => {
  const sink = new PassThrough();
  const [bytes] = await Promise.all([buffer(sink), writeTemplate(sink)]);
  const table = await openBytes(bytes);
  expect(table.header.columns.map(({ key }) => key)).toEqual(ALL_ITEMS.map(({ key }) => key));
  expect(table.notes).toEqual([]);
  await table.close();
});
