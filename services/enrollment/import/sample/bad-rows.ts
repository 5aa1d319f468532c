import type { SampleCells } from './good-row.ts';

/** A kind of mistake: what it does to a good row, and the code by which it must be found in Shanxi. */
export type Mistake = {
  readonly title: string;
  readonly code: string;
  /** `previous`: the bad row before as it was while good, for mistakes that take two rows. */
  apply(cells: SampleCells, previous: SampleCells | undefined): SampleCells;
};

const change = (title: string, code: string, apply: Mistake['apply']): Mistake => ({
  title,
  code,
  apply,
});
const set = (title: string, code: string, changes: SampleCells): Mistake =>
  change(title, code, (cells) => ({ ...cells, ...changes }));

const number = (cells: SampleCells): string => cells.idDocumentNumber ?? '';
const other = (text: string, from: string, to: string): string => (text === from ? to : from);

/** One of every kind, the commonest first. */
export const MISTAKES: readonly Mistake[] = [
  set('必填项为空', 'REQUIRED_ITEM_MISSING', { 'guardians.0.phone': '' }),
  change('身份证号录错一位', 'IDENTITY_NUMBER_INVALID', (cells) => {
    const [last = ''] = number(cells).slice(-1);
    return { ...cells, idDocumentNumber: number(cells).slice(0, -1) + other(last, '1', '2') };
  }),
  set('出生日期与身份证号不一致', 'IDENTITY_DATA_MISMATCH', { birthDate: '2012-12-12' }),
  change('性别与身份证号不一致', 'IDENTITY_DATA_MISMATCH', (cells) => ({
    ...cells,
    gender: other(cells.gender ?? '', '男', '女'),
  })),
  change('同一证件号出现两次', 'DUPLICATE_IN_FILE', (cells, previous) => ({
    ...cells,
    ...(previous && {
      idDocumentNumber: number(previous),
      birthDate: previous.birthDate ?? '',
      gender: previous.gender ?? '',
    }),
  })),
  set('日期不存在', 'DATE_IMPOSSIBLE', { birthDate: '2019-02-30' }),
  set('民族不在代码表内', 'VALUE_NOT_IN_CODE_TABLE', { ethnicGroup: '太原' }),
  set('没有监护人', 'REQUIRED_ITEM_MISSING', {
    'guardians.0.isLegalGuardian': '否',
    'guardians.1.isLegalGuardian': '',
    ...Object.fromEntries(
      [
        'name',
        'relation',
        'ethnicGroup',
        'idDocumentType',
        'idDocumentNumber',
        'workUnit',
        'householdAddress',
        'phone',
      ].map((field) => [`guardians.1.${field}`, '']),
    ),
  }),
  set('残疾学生未填残疾类型', 'REQUIRED_ITEM_MISSING', {
    isDisabled: '是',
    disabilityType: '',
    placementMode: '',
  }),
  set('证件号为空', 'IDENTITY_DOCUMENT_MISSING', { idDocumentNumber: '' }),
  set('证件号被当作数值', 'NUMBER_PRECISION_LOST', { idDocumentNumber: '1.40105E+17' }),
  set('证件类型为无却有证件号', 'DOCUMENT_NUMBER_WITHOUT_TYPE', { idDocumentType: '无' }),
  set('证件类型与号码不符', 'DOCUMENT_TYPE_MISMATCH', { idDocumentType: '护照' }),
  set('护照号格式不对', 'DOCUMENT_NUMBER_INVALID', { idDocumentType: '护照', idDocumentNumber: 'E1' }),
  set('旧的15位号码', 'IDENTITY_NUMBER_INVALID', { idDocumentNumber: '140105190101001' }),
  set('姓名中的生僻字丢失', 'NAME_NOT_READABLE', { name: '王?' }),
  set('电话号码缺位', 'PHONE_INVALID', { 'guardians.0.phone': '1990000' }),
  set('户口所在地区划代码不存在', 'REGION_CODE_UNKNOWN', {
    householdAddress: '149999 山西省太原市小店区坞城街道1号',
  }),
  set('非残疾学生填了残疾类型', 'ITEM_NOT_APPLICABLE', { isDisabled: '否', disabilityType: '听力残疾' }),
  set('含乱码', 'TEXT_UNREADABLE', { className: '1\ufffd班' }),
  set('日期无法识别', 'DATE_NOT_READABLE', { birthDate: '去年九月' }),
  set('地址不完整', 'TEXT_TOO_SHORT', { currentAddress: '太原' }),
  set('出生日期晚于今天', 'DATE_NOT_PLAUSIBLE', {
    idDocumentType: '无',
    idDocumentNumber: '',
    birthDate: '2099-01-01',
  }),
  change('学生与家长填了同一证件号', 'DOCUMENT_SHARED_IN_ROW', (cells) => ({
    ...cells,
    'guardians.0.idDocumentNumber': number(cells),
  })),
  set('年级不在本校', 'GRADE_NOT_IN_SCHOOL', { gradeName: '高三' }),
  set('距离不是数字', 'NUMBER_INVALID', { commuteDistance: '很远' }),
];
