import { checkCharacter } from '#libs/law/identity/citizen-id.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { codesOf, goodRows, IMPORT_DAY, REGIONS } from '../fixtures/form-files.ts';
import { MISTAKES } from '../sample/bad-rows.ts';
import type { SampleCells } from '../sample/good-row.ts';
import { FORM_ITEMS } from './items.ts';
import type { CellFlag, ParseContext } from './parse-context.ts';
import { type ParsedRow, parseRow } from './parse-row.ts';
import { F1Row } from './row.ts';

const CONTEXT: ParseContext = { on: IMPORT_DAY, regions: REGIONS };
const [GOOD = {}] = goodRows(1);
const ONE_GUARDIAN = Object.fromEntries(
  Object.entries(GOOD).filter(([key]) => !key.startsWith('guardians.1.')),
);

const parse = (changes: SampleCells = {}, context = CONTEXT, flags?: Map<string, CellFlag>): ParsedRow =>
  parseRow(new Map(Object.entries({ ...ONE_GUARDIAN, ...changes })), context, flags);
const codes = (changes: SampleCells): string[] => codesOf(parse(changes));

function registration(changes: SampleCells = {}): F1Row {
  const verdict = parse(changes);
  if (!verdict.ok) throw new Error(verdict.problems.map((problem) => problem.messageEn).join(' '));
  return verdict.registration;
}

describe('a row of the collection form', () => {
  test(holds('ID-23', 'a row with every required item becomes a registration of the right shape'), () => {
    const row = registration();
    expect(F1Row.parse(JSON.parse(JSON.stringify(row)))).toEqual(row);
    expect(row.student).toMatchObject({
      gradeName: '一年级',
      schoolYearIndex: 1,
      nationalityOrRegion: 'CHN',
    });
    expect(row.guardians).toHaveLength(1);
  });

  test.each(
    FORM_ITEMS.filter((item) => item.number !== null && item.number <= 26 && item.mark !== 'OPTIONAL').map(
      (item) => [item.number, item.key],
    ),
  )(breaks('ID-23', 'without item %s (%s) the row is refused'), (number, key) => {
    const verdict = parse({ [String(key)]: '　' });
    expect(verdict.ok).toBe(false);
    const missing = ['REQUIRED_ITEM_MISSING', 'IDENTITY_DOCUMENT_MISSING'];
    const found = verdict.ok ? [] : verdict.problems.filter((problem) => missing.includes(problem.code));
    expect(found.map((problem) => problem.item)).toEqual([number]);
  });

  test(holds('ID-23', 'items marked * may stay empty where * is not read as ★'), () => {
    const cells = { householdAddress: '' };
    expect(parse(cells).ok).toBe(false);
    const lenient = parse(cells, { ...CONTEXT, asteriskIsRequired: false });
    expect(codesOf(lenient)).toEqual([]);
  });

  test('all problems of a row are told at once, in the order of the form', () => {
    const verdict = parse({
      gender: '3',
      birthDate: '2019-13-01',
      'guardians.0.phone': '12',
      isBoarder: '也许',
    });
    expect(verdict.ok ? [] : verdict.problems.map((problem) => problem.item)).toEqual([3, 9, 15, 26]);
  });

  test(breaks('ID-22', 'a document type without a number is refused'), () => {
    expect(codes({ idDocumentNumber: '' })).toEqual(['IDENTITY_DOCUMENT_MISSING']);
  });

  test(holds('ID-22', 'document type NONE without a number is taken and leads to a J-number'), () => {
    expect(registration({ idDocumentType: '无', idDocumentNumber: '' }).student.idDocumentNumber).toBeNull();
  });

  test.each([
    ['a passport', { idDocumentType: '护照', idDocumentNumber: 'e 1234 5678' }, 'E12345678'],
    ['a Hong Kong permit', { idDocumentType: '6', idDocumentNumber: 'H0123456701' }, 'H0123456701'],
    ['a Taiwan permit', { idDocumentType: '台胞证', idDocumentNumber: '01234567' }, '01234567'],
  ])('%s is taken by its own format', (_, cells, number) => {
    expect(registration(cells).student.idDocumentNumber).toBe(number);
  });

  test('a residence permit of Hong Kong residents is checked like a resident ID number', () => {
    const digits = '81000020190506001';
    const cells = { idDocumentType: '6', birthDate: '2019-05-06', gender: '男' };
    const sound = `${digits}${checkCharacter(digits)}`;
    const broken = `${digits}${checkCharacter(digits) === '1' ? '2' : '1'}`;
    expect(codes({ ...cells, idDocumentNumber: sound })).toEqual([]);
    expect(codes({ ...cells, idDocumentNumber: broken })).toEqual(['ID_NUMBER_CHECK_CHARACTER']);
    expect(codes({ ...cells, idDocumentNumber: sound, gender: '女' })).toEqual(['ID_NUMBER_GENDER']);
    expect(codes({ ...cells, idDocumentType: '1', idDocumentNumber: sound })).toEqual([
      'DOCUMENT_TYPE_MISMATCH',
    ]);
  });

  test('a number whose region is out of use is only warned of', () => {
    const digits = '14990020190506001';
    const verdict = parse({
      idDocumentNumber: digits + checkCharacter(digits),
      birthDate: '2019-05-06',
      gender: '1',
    });
    expect(verdict.ok).toBe(true);
    expect(verdict.warnings.map((warning) => warning.code)).toEqual(['ID_REGION_UNKNOWN']);
  });

  test('a number that ends as rounded numbers do is warned of', () => {
    const april = Array.from(
      { length: 30 },
      (_, day) => `140105201904${String(day + 1).padStart(2, '0')}000`,
    );
    const digits = april.find((one) => checkCharacter(one) === '0') ?? '';
    const birthDate = `2019-04-${digits.slice(12, 14)}`;
    const verdict = parse({ idDocumentNumber: `${digits}0`, birthDate, gender: '女' });
    expect([verdict.ok, ...verdict.warnings.map((warning) => warning.code)]).toEqual([
      true,
      'NUMBER_PRECISION_LOST',
    ]);
  });

  test('a household register stands for the resident ID number it shows', () => {
    expect(registration({ idDocumentType: '户口簿' }).student.idDocumentType).toBe('RESIDENT_ID');
  });

  test('the division code before an address and the one in its own column are one', () => {
    const address = '山西省太原市小店区坞城街道1号';
    const row = registration({ householdAddress: address, householdRegionCode: '140105' });
    expect(row.student.householdAddress).toEqual({ regionCode: '140105', text: address });
    expect(codes({ householdAddress: `140106 ${address}`, householdRegionCode: '140105' })).toEqual([
      'REGION_CODE_UNKNOWN',
    ]);
    expect(codes({ householdAddress: address, householdRegionCode: '149905' })).toEqual([
      'REGION_CODE_UNKNOWN',
    ]);
  });

  test(breaks('ID-23', 'a second family member who is begun must be complete'), () => {
    const verdict = parse({ 'guardians.1.name': '李芳' });
    expect(verdict.ok ? [] : verdict.problems.map((problem) => problem.item)).toEqual([
      28, 29, 31, 32, 34, 35,
    ]);
  });

  test(holds('ID-23', 'disability type and placement belong to disabled pupils, who need both'), () => {
    const disabled = { isDisabled: '是', disabilityType: '听力残疾', placementMode: '随班就读' };
    expect(registration(disabled).student).toMatchObject({
      disabilityType: 'HEARING',
      placementMode: 'INCLUSIVE',
    });
    expect(codes({ ...disabled, placementMode: '' })).toEqual(['REQUIRED_ITEM_MISSING']);
    expect(codes({ ...disabled, isDisabled: '否' })).toEqual(['ITEM_NOT_APPLICABLE', 'ITEM_NOT_APPLICABLE']);
  });

  test('nationality and kind of pupil from abroad must agree', () => {
    expect(codes({ nationalityOrRegion: '法国' })).toEqual(['NATIONALITY_DIFFERS']);
    expect(codes({ overseasCategory: '外国人' })).toEqual(['NATIONALITY_DIFFERS']);
    expect(codes({ overseasCategory: '华侨' })).toEqual([]);
  });

  test('foreigners have no ethnic group to fill in, everybody else has', () => {
    const foreign = { overseasCategory: '外国人', nationalityOrRegion: 'FRA', ethnicGroup: '' };
    const passport = { idDocumentType: '护照', idDocumentNumber: '12AB34567' };
    expect(registration({ ...foreign, ...passport }).student.ethnicGroup).toBeNull();
    expect(codes({ ethnicGroup: '' })).toEqual(['REQUIRED_ITEM_MISSING']);
  });

  test(holds('ID-25', 'a residence permit with issuer and day of issue is complete'), () => {
    const permit = {
      hasResidencePermit: '是',
      residencePermitIssuer: '太原市公安局小店分局',
      residencePermitIssueDate: '2025-03-01',
    };
    expect(parse(permit)).toMatchObject({ ok: true, warnings: [] });
  });

  test(breaks('ID-25', 'a residence permit without issuer is warned of, not refused'), () => {
    const verdict = parse({ hasResidencePermit: '是' });
    expect(verdict.warnings.map((warning) => [warning.ruleId, warning.code])).toEqual([
      ['ID-25', 'RESIDENCE_PERMIT_INCOMPLETE'],
    ]);
    expect(verdict.ok).toBe(true);
  });

  test('what the file reader noticed about a cell refuses it, even an optional one', () => {
    const flags = new Map<string, CellFlag>([
      ['formerName', 'FORMULA_WITHOUT_VALUE'],
      ['className', 'MERGED'],
    ]);
    expect(codesOf(parse({}, CONTEXT, flags))).toEqual(['FORMULA_WITHOUT_VALUE', 'MERGED_CELL']);
  });

  test.each(
    MISTAKES.filter((one) => !['DUPLICATE_IN_FILE', 'GRADE_NOT_IN_SCHOOL'].includes(one.code)).map((one) => [
      one.title,
      one,
    ]),
  )('the mistake “%s” is found by its own code', (_, mistake) => {
    const verdict = parseRow(new Map(Object.entries(mistake.apply(GOOD, undefined))), CONTEXT);
    expect(codesOf(verdict)).toContain(mistake.code);
  });
});
