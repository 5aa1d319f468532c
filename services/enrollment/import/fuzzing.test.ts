import fc from 'fast-check';
import { type JobContext, type JudgedRow, judgeJobRow } from '../jobs/judge-rows.ts';
import { CollectedForm } from '../registration/collected-form.ts';
import {
  contextOf,
  csvOf,
  FORM_HEADER,
  goodRows,
  inFormOrder,
  judgeFile,
  openBytes,
} from './fixtures/form-files.ts';
import { workbookOf } from './fixtures/workbook-bytes.ts';
import { ALL_ITEMS } from './form-f1/items.ts';
import { FileProblem } from './problems/file-problem.ts';
import { surveyTable } from './survey.ts';

const GOOD = goodRows(6);
const RUNS = { numRuns: 200, seed: 20_250_901 };
/** Anything that could be a document or telephone number of somebody. */
const LONG_NUMBER = /\d{7,}/;

const textsOf = (verdict: JudgedRow): string[] =>
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

  const titles = ALL_ITEMS.map(({ header }) => header);
  const contextOfForm = async () => {
    const table = await openBytes(csvOf([titles, GOOD.map(inFormOrder)[0] ?? []]));
    const context = contextOf(await surveyTable(table));
    await table.close();
    return context;
  };
  const judge = (cells: Readonly<Record<string, string>>, context: JobContext): JudgedRow => {
    const texts = ALL_ITEMS.map(({ key }) => cells[key] ?? '');
    return judgeJobRow({ number: 2, cells: texts, flags: new Map() }, context);
  };

  test('cells changed in a good row end in a sound form or in problems, and nobody’s number is told', async () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...ALL_ITEMS.map((item) => item.key)), anyText), {
      minLength: 1,
      maxLength: 8,
    });
    const context = await contextOfForm();
    fc.assert(
      fc.property(fc.constantFrom(...GOOD), changes, (cells, changed) => {
        const verdict = judge({ ...cells, ...Object.fromEntries(changed) }, context);
        expectNothingTold(textsOf(verdict));
        if (verdict.ok) expect(CollectedForm.parse(verdict.handed.form)).toEqual(verdict.handed.form);
        else expect(verdict.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000, seed: 20_250_901 },
    );
  });

  test('no sentence repeats the content of a cell', async () => {
    const marker = '甲乙丙丁戊己庚辛';
    const context = await contextOfForm();
    for (const item of ALL_ITEMS) {
      expect(textsOf(judge({ ...GOOD[0], [item.key]: marker }, context)).join()).not.toContain(marker);
    }
  });
});
