import { codeTable } from './code-table.ts';

/**
 * Kinds of identity document, codes of JY/T 1001. A household register (B) shows the resident ID number, so it
 * stands for RESIDENT_ID: otherwise one child could be entered once by card and once by register.
 */
export const ID_DOCUMENT_TYPES = codeTable('身份证件类型', 'JY/T 1001', [
  ['RESIDENT_ID', '居民身份证', '1', '身份证', '居民身份证号', 'B', '户口簿', '户口本', '居民户口簿'],
  [
    'HK_MACAO_PERMIT',
    '港澳居民来往内地通行证',
    ...['6', '7', '港澳通行证', '港澳居民通行证', '回乡证', '港澳居民居住证', '香港特区护照/身份证明'],
    ...['澳门特区护照/身份证明', '香港居民证件', '澳门居民证件'],
  ],
  [
    'TAIWAN_PERMIT',
    '台湾居民来往大陆通行证',
    ...['8', '台胞证', '台湾居民通行证', '台湾居民居住证', '台湾通行证'],
  ],
  ['PASSPORT', '护照', 'A', '外国护照', '中国护照'],
  [
    'OTHER',
    '其他',
    'Z',
    '9',
    '其他证件',
    '境外永久居住证',
    '外国人永久居留身份证',
    '出生医学证明',
    '出生证明',
  ],
  ['NONE', '无', '无证件', '没有', '无身份证件', '暂无'],
]);
