import fc from 'fast-check';
import type { Block, Box, Mark, Sheet } from '#libs/platform/pdf/sheet.ts';
import { extentOf } from '#libs/platform/pdf/testing/extent.ts';
import { chineseTypefaces } from '#libs/platform/pdf/typefaces.ts';
import { completion, graduation, schooling } from '#test/service/certificate/paper/examples.ts';
import { electronicSheet } from './electronic-form.ts';
import { CompletionPaper, ElectronicPage, SchoolingPaper } from './paper.ts';
import { paperSheet } from './render.ts';

const typefaces = chineseTypefaces();

/** Characters of names and places, wide, narrow, Latin, and some that the type lacks. */
const character = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((each) => String.fromCodePoint(each)),
  },
  { weight: 2, arbitrary: fc.constantFrom(...'·（）-，') },
  { weight: 3, arbitrary: fc.constantFrom(...'WMGimj0123456789 ') },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0x30000, max: 0x30200 }).map((each) => String.fromCodePoint(each)),
  },
);

/** Texts of every length that a field takes, the longest as often as all others together. */
const upTo = (longest: number) =>
  fc
    .oneof(
      fc.string({ unit: character, minLength: 1, maxLength: longest }),
      fc.string({ unit: fc.constantFrom('龘', 'W', '\u{30000}'), minLength: longest, maxLength: longest }),
    )
    .map((text) => text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '') || '甲')
    .filter((text) => text.trim() !== '');
const number = (longest: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789-'), minLength: 1, maxLength: longest });

const shared = {
  serialPrefix: upTo(12),
  serialNumber: number(40),
  studentName: upTo(60),
  studentNumber: fc.option(number(30)),
  idDocumentNumber: fc.option(number(40)),
  nativeProvince: fc.option(upTo(30)),
  nativeCounty: fc.option(upTo(60)),
  handledBy: upTo(60),
  responsibleBy: upTo(60),
  principal: fc.option(upTo(60)),
  schoolName: upTo(100),
  isCopy: fc.boolean(),
};
const completions = fc
  .record({ ...shared, reason: fc.option(upTo(200)) })
  .map((values) => CompletionPaper.parse({ ...completion, ...values }));
const schoolings = fc
  .record({ ...shared, originalCertificateNumber: number(40), authorityName: upTo(100) })
  .map((values) => SchoolingPaper.parse({ ...schooling, ...values }));
const pages = fc
  .record({
    kind: fc.constantFrom('GRADUATION', 'COMPLETION', 'INCOMPLETION'),
    number: number(40),
    holderName: upTo(60),
    schoolName: upTo(100),
    issuerName: upTo(100),
  })
  .map((values) => ElectronicPage.parse({ ...graduation, ...values }));

const TOLERANCE = 0.6;
const overlap = (a: Box, b: Box): boolean =>
  a.x + TOLERANCE < b.x + b.width &&
  b.x + TOLERANCE < a.x + a.width &&
  a.y + TOLERANCE < b.y + b.height &&
  b.y + TOLERANCE < a.y + a.height;
const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 0.01 &&
  inner.y >= outer.y - 0.01 &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;

const isInk = (mark: Mark): boolean => mark.mark === 'TEXT' || mark.mark === 'LACKING';
const extents = (marks: readonly Mark[]): Box[] => marks.map((mark) => extentOf(mark, typefaces));
const inkOf = (block: Block): Box[] => extents(block.marks.filter(isInk));

/** What a character covers by itself, without the space that lines keep: for text that stands from top to bottom. */
const bareInkOf = (block: Block): Box[] =>
  block.marks.flatMap((mark) => {
    if (mark.mark !== 'TEXT' && mark.mark !== 'LACKING') return [];
    const isWide = mark.mark === 'LACKING' || /\p{Script=Han}/u.test(mark.text);
    const [above, below] = isWide ? [0.88, 0.12] : [0.76, 0.26];
    const { x, width } = extentOf(mark, typefaces);
    return [{ x, width, y: mark.y - above * mark.size, height: (above + below) * mark.size }];
  });
const solidOf = (block: Block): Box[] => extents(block.marks.filter(({ mark }) => mark !== 'RULE'));

/** What is wrong with a page: ink that overlaps other ink or another block, or that leaves its part. */
const faultsOf = (sheet: Sheet, parts: readonly Box[]): string[] => {
  const faults: string[] = [];
  for (const [index, section] of sheet.sections.entries()) {
    const part = parts[index] ?? { x: 0, y: 0, width: 0, height: 0 };
    for (const [number, block] of section.blocks.entries()) {
      const ink = inkOf(block);
      if (!ink.every((box) => isWithin(box, part))) faults.push(`${section.name} ${number} leaves its part`);
      const drawn = section.name === '骑缝' ? bareInkOf(block) : ink;
      if (drawn.some((box, at) => drawn.slice(at + 1).some((other) => overlap(box, other)))) {
        faults.push(`${section.name} ${number} overlaps itself`);
      }
      for (const other of section.blocks.slice(number + 1)) {
        const others = solidOf(other);
        if (solidOf(block).some((box) => others.some((each) => overlap(box, each)))) {
          faults.push(`${section.name} ${number} overlaps another`);
        }
      }
    }
  }
  return faults;
};

/** Every character of the values stands on the page, in the marks of a part. */
const characterCount = (sheet: Sheet, section: number): Map<string, number> => {
  const count = new Map<string, number>();
  for (const mark of sheet.sections[section]?.blocks.flatMap(({ marks }) => marks) ?? []) {
    const text = mark.mark === 'TEXT' ? mark.text : mark.mark === 'LACKING' ? mark.character : '';
    for (const each of text) count.set(each, (count.get(each) ?? 0) + 1);
  }
  return count;
};
const hasAll = (count: ReadonlyMap<string, number>, texts: readonly (string | null)[]): boolean => {
  const needed = new Map<string, number>();
  for (const each of texts.flatMap((text) => [...(text ?? '').replaceAll(/\s/g, '')])) {
    needed.set(each, (needed.get(each) ?? 0) + 1);
  }
  return [...needed].every(([each, times]) => (count.get(each) ?? 0) >= times);
};

const PARTS: Box[] = [
  { x: 40, y: 40, width: 252, height: 515 },
  { x: 298, y: 20, width: 48, height: 560 },
  { x: 356, y: 44, width: 442, height: 507 },
];

describe('a paper in two parts', () => {
  it('of completion holds the longest values without overlap, every character at its place', () => {
    fc.assert(
      fc.property(completions, (paper) => {
        const sheet = paperSheet(paper, typefaces);
        expect(faultsOf(sheet, PARTS)).toEqual([]);
        const names = [paper.studentName, paper.studentNumber, paper.idDocumentNumber, paper.nativeCounty];
        expect(hasAll(characterCount(sheet, 0), [...names, paper.reason, paper.handledBy])).toBe(true);
        expect(hasAll(characterCount(sheet, 1), [paper.serialPrefix, paper.serialNumber])).toBe(true);
        expect(hasAll(characterCount(sheet, 2), [...names, paper.schoolName, paper.principal])).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('of schooling holds the longest values without overlap, every character at its place', () => {
    fc.assert(
      fc.property(schoolings, (paper) => {
        const sheet = paperSheet(paper, typefaces);
        expect(faultsOf(sheet, PARTS)).toEqual([]);
        const names = [paper.studentName, paper.originalCertificateNumber];
        expect(hasAll(characterCount(sheet, 0), [...names, paper.responsibleBy])).toBe(true);
        expect(hasAll(characterCount(sheet, 2), [...names, paper.authorityName])).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('takes no field that is longer than its place', () => {
    const long = '甲'.repeat(61);
    expect(CompletionPaper.safeParse({ ...completion, studentName: long }).success).toBe(false);
    expect(SchoolingPaper.safeParse({ ...schooling, handledBy: long }).success).toBe(false);
    expect(ElectronicPage.safeParse({ ...graduation, holderName: long }).success).toBe(false);
  });
});

describe('the page of an electronic certificate', () => {
  it('holds the longest values without overlap, every character at its place', () => {
    fc.assert(
      fc.property(pages, (page) => {
        const sheet = electronicSheet(page, typefaces);
        expect(faultsOf(sheet, [{ x: 60, y: 60, width: 722, height: 475 }])).toEqual([]);
        const values = [page.number, page.holderName, page.schoolName, page.issuerName];
        expect(hasAll(characterCount(sheet, 0), values)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
