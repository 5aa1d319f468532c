import { checkCharacter } from '#libs/law/identity/citizen-id.ts';
import { BEIGUAN, SHANXI } from '#libs/law/testing/places.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { goodRows, IMPORT_DAY, REGIONS } from '../fixtures/form-files.ts';
import type { SampleCells } from '../sample/good-row.ts';
import type { FormDraft } from './form-draft.ts';
import { FORM_ITEMS } from './items.ts';
import type { CellFlag, ParseContext } from './parse-context.ts';
import { readRow, rowOf } from './parse-row.ts';
import { F1Row } from './row.ts';

const CONTEXT: ParseContext = { on: IMPORT_DAY, place: SHANXI, regions: REGIONS };
const [GOOD = {}] = goodRows(1);
const ONE_GUARDIAN = Object.fromEntries(
  Object.entries(GOOD).filter(([key]) => !key.startsWith('guardians.1.')),
);

const read = (changes: SampleCells = {}, context = CONTEXT, flags?: Map<string, CellFlag>): FormDraft =>
  readRow(new Map(Object.entries({ ...ONE_GUARDIAN, ...changes })), context, flags);
const codesOf = ({ problems }: FormDraft): string[] => problems.map(({ fault }) => fault.code);
const warningsOf = ({ warnings }: FormDraft): string[] => warnings.map(({ fault }) => fault.code);
const codes = (changes: SampleCells): string[] => codesOf(read(changes));

function registration(changes: SampleCells = {}): F1Row {
  const draft = read(changes);
  if (draft.problems.length > 0) throw new Error(codesOf(draft).join());
  return rowOf(draft);
}

describe('a row of the collection form', () => {
  test('with every item becomes a registration of the right shape', () => {
    const row = registration();
    expect(F1Row.parse(JSON.parse(JSON.stringify(row)))).toEqual(row);
    expect(row.student).toMatchObject({
      gradeName: '一年级',
      schoolYearIndex: 1,
      nationalityOrRegion: 'CHN',
    });
    expect(row.guardians).toHaveLength(1);
  });

  test('what is missing is not told in reading: the law says what has to be there', () => {
    for (const { key } of FORM_ITEMS) expect(codes({ [key]: '　' })).toEqual([]);
  });

  test('all problems of a row are told at once, in the order of the form', () => {
    const draft = read({
      gender: '3',
      birthDate: '2019-13-01',
      'guardians.0.phone': '12',
      isBoarder: '也许',
    });
    expect(draft.problems.map(({ place }) => place.number)).toEqual([3, 9, 15, 26]);
  });

  test(holds('ID-22', 'document type NONE without a number is taken and leads to a J-number'), () => {
    expect(registration({ idDocumentType: '无', idDocumentNumber: '' }).student.idDocumentNumber).toBeNull();
  });

  test(breaks('ID-22', 'document type NONE with a number is refused'), () => {
    expect(read({ idDocumentType: '无' }).problems).toMatchObject([
      { place: { number: 8 }, fault: { ruleId: 'ID-22', code: 'DOCUMENT_NUMBER_WITHOUT_TYPE' } },
    ]);
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
    expect(codes({ ...cells, idDocumentNumber: broken })).toEqual(['IDENTITY_NUMBER_INVALID']);
    expect(codes({ ...cells, idDocumentNumber: sound, gender: '女' })).toEqual(['IDENTITY_DATA_MISMATCH']);
    expect(codes({ ...cells, idDocumentType: '1', idDocumentNumber: sound })).toEqual([
      'DOCUMENT_TYPE_MISMATCH',
    ]);
  });

  test('a number whose region is out of use is only warned of', () => {
    const digits = '14990020190506001';
    const draft = read({
      idDocumentNumber: digits + checkCharacter(digits),
      birthDate: '2019-05-06',
      gender: '1',
    });
    expect([codesOf(draft), warningsOf(draft)]).toEqual([[], ['ID_REGION_UNKNOWN']]);
  });

  test('a number that ends as rounded numbers do is warned of', () => {
    const april = Array.from(
      { length: 30 },
      (_, day) => `140105201904${String(day + 1).padStart(2, '0')}000`,
    );
    const digits = april.find((one) => checkCharacter(one) === '0') ?? '';
    const birthDate = `2019-04-${digits.slice(12, 14)}`;
    const draft = read({ idDocumentNumber: `${digits}0`, birthDate, gender: '女' });
    expect([codesOf(draft), warningsOf(draft)]).toEqual([[], ['NUMBER_PRECISION_LOST']]);
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

  test('disability type and placement belong to disabled pupils', () => {
    const disabled = { isDisabled: '是', disabilityType: '听力残疾', placementMode: '随班就读' };
    expect(registration(disabled).student).toMatchObject({
      disabilityType: 'HEARING',
      placementMode: 'INCLUSIVE',
    });
    expect(codes({ ...disabled, isDisabled: '否' })).toEqual(['ITEM_NOT_APPLICABLE', 'ITEM_NOT_APPLICABLE']);
  });

  test('nationality and kind of pupil from abroad must agree', () => {
    expect(codes({ nationalityOrRegion: '法国' })).toEqual(['NATIONALITY_DIFFERS']);
    expect(codes({ overseasCategory: '外国人' })).toEqual(['NATIONALITY_DIFFERS']);
    expect(codes({ overseasCategory: '华侨' })).toEqual([]);
  });

  test('what the file reader noticed about a cell refuses it, even an optional one', () => {
    const flags = new Map<string, CellFlag>([
      ['formerName', 'FORMULA_WITHOUT_VALUE'],
      ['className', 'MERGED'],
    ]);
    expect(codesOf(read({}, CONTEXT, flags))).toEqual(['FORMULA_WITHOUT_VALUE', 'MERGED_CELL']);
  });

  describe('the rule that a problem cites', () => {
    const ruleAt = (changes: SampleCells, place = SHANXI) =>
      read(changes, { ...CONTEXT, place }).problems.map(({ fault }) => fault.ruleId);

    test('is none where only the system cannot read the content', () => {
      const unreadable = { name: '王?', className: '1\ufffd班', 'guardians.0.phone': '12' };
      expect(ruleAt(unreadable)).toEqual([null, null, null]);
    });

    test('is one that is in force at the school: items 36 and 37 are of the Shanxi annex', () => {
      const changes = { isDisabled: '否', disabilityType: '听力残疾' };
      expect(ruleAt(changes, SHANXI)).toEqual(['ID-23']);
      expect(ruleAt(changes, BEIGUAN)).toEqual([null]);
    });

    test('is not that of the pupil’s document where the document is of the family', () => {
      expect(ruleAt({ idDocumentType: '护照', idDocumentNumber: 'E1' })).toEqual(['ID-22']);
      expect(ruleAt({ 'guardians.0.idDocumentNumber': '123' })).toEqual([null]);
    });
  });
});
