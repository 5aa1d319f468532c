import fc from 'fast-check';
import {
  csvOf,
  FORM_HEADER,
  goodRows,
  IMPORT_DAY,
  inFormOrder,
  judgeFile,
  REGIONS,
} from './fixtures/form-files.ts';
import { workbookOf } from './fixtures/workbook-bytes.ts';
import { ALL_ITEMS } from './form-f1/items.ts';
import { type ParsedRow, parseRow } from './form-f1/parse-row.ts';
import { F1Row } from './form-f1/row.ts';
import { FileProblem } from './problems/file-problem.ts';

const GOOD = goodRows(6);
const RUNS = { numRuns: 200, seed: 20_250_901 };
/** Anything that could be a document or telephone number of somebody. */
const LONG_NUMBER = /\d{7,}/;

const textsOf = (verdict: ParsedRow): string[] =>
  [...(verdict.ok ? [] : verdict.problems), ...verdict.warnings].flatMap((one) => [
    one.message,
    one.messageEn,
    one.what,
    one.remedy,
    one.code,
  ]);

/** Judges whatever the file is; only a FileProblem may come out of it. Returns every sentence that was said. */
async function sentencesAbout(bytes: Buffer): Promise<string[]> {
  try {
    return [...(await judgeFile(bytes)).values()].flatMap(textsOf);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return [error.message, error.messageEn];
  }
}

/** Examples in the remedies are no one's numbers. */
const withoutExamples = (text: string): string => text.replaceAll('0351-1234567', '');

function expectNothingTold(sentences: readonly string[]): void {
  for (const sentence of sentences) expect(withoutExamples(sentence)).not.toMatch(LONG_NUMBER);
}

/** Puts bytes at some places of the file: changed, taken out or put in. */
const mutation = fc.array(
  fc.record({ place: fc.nat(1_000_000), cut: fc.nat(40), put: fc.uint8Array({ maxLength: 12 }) }),
  { minLength: 1, maxLength: 6 },
);

function mutated(bytes: Buffer, steps: readonly { place: number; cut: number; put: Uint8Array }[]): Buffer {
  let result = bytes;
  for (const { place, cut, put } of steps) {
    const at = place % (result.length + 1);
    result = Buffer.concat([result.subarray(0, at), put, result.subarray(at + cut)]);
  }
  return result;
}

describe('whatever comes in', () => {
  const rows = [FORM_HEADER, ...GOOD.map(inFormOrder)];

  test.each([
    ['a workbook', () => workbookOf({ sheets: [{ name: '表', rows }], shared: true })],
    ['a workbook without compression', () => workbookOf({ sheets: [{ name: '表', rows }] })],
    ['CSV', async () => Buffer.from(csvOf(rows))],
  ])(
    'bytes changed in %s end in verdicts or in a FileProblem, and nobody’s number is told',
    async (_, file) => {
      const bytes = await file();
      await fc.assert(
        fc.asyncProperty(mutation, async (steps) =>
          expectNothingTold(await sentencesAbout(mutated(bytes, steps))),
        ),
        RUNS,
      );
    },
  );

  test('XML changed inside a workbook ends in verdicts or in a FileProblem', async () => {
    const cells = rows.map(
      (row, at) =>
        `<row r="${at + 1}">${row.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`,
    );
    const xml = Buffer.from(`<worksheet><sheetData>${cells.join('')}</sheetData></worksheet>`);
    await fc.assert(
      fc.asyncProperty(mutation, async (steps) => {
        const parts = { 'xl/worksheets/sheet1.xml': mutated(xml, steps) };
        expectNothingTold(
          await sentencesAbout(await workbookOf({ sheets: [{ name: '表', rows: [] }], parts })),
        );
      }),
      RUNS,
    );
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom(
      '是',
      '否',
      '无',
      '护照',
      '居民身份证',
      '140105201905060012',
      '=1+1',
      '2019-02-30',
      '1.4E+17',
      '�',
      '\u0000',
    ),
    fc.constantFrom(...GOOD.flatMap((cells) => Object.values(cells))),
  );

  test('cells changed in a good row end in a sound registration or in problems, and nobody’s number is told', () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...ALL_ITEMS.map((item) => item.key)), anyText), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.constantFrom(...GOOD), changes, (cells, changed) => {
        const row = { ...cells, ...Object.fromEntries(changed) };
        const verdict = parseRow(new Map(Object.entries(row)), { on: IMPORT_DAY, regions: REGIONS });
        expectNothingTold(textsOf(verdict));
        if (verdict.ok)
          expect(F1Row.parse(JSON.parse(JSON.stringify(verdict.registration)))).toEqual(verdict.registration);
        else expect(verdict.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000, seed: 20_250_901 },
    );
  });

  test('no sentence repeats the content of a cell', () => {
    const marker = '甲乙丙丁戊己庚辛';
    for (const item of ALL_ITEMS) {
      const row = { ...GOOD[0], [item.key]: marker };
      const verdict = parseRow(new Map(Object.entries(row)), { on: IMPORT_DAY, regions: REGIONS });
      expect(textsOf(verdict).join()).not.toContain(marker);
    }
  });
});
