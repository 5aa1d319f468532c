import { ownFinding } from '#libs/law/own-finding.ts';

export const closureNotDecided = ownFinding({
  code: 'CLOSURE_NOT_DECIDED',
  message: '该校尚未决定撤销，不能指定档案保管单位。',
  messageEn: 'Nobody has decided to close the school.',
  path: ['school'],
  remedy: '请先由学籍主管部门办理学校撤销。',
  ownerLevel: 'COUNTY',
});

export const notCompetent = ownFinding({
  code: 'NOT_COMPETENT_AUTHORITY',
  message: '本单位不是该校的主管教育行政部门。',
  messageEn: 'The school answers to another authority.',
  path: ['school'],
  remedy: '请由该校的主管教育行政部门指定。',
  ownerLevel: 'COUNTY',
});

export const archivesSettled = ownFinding({
  code: 'ARCHIVES_SETTLED',
  message: '该校学籍档案已全部移交。',
  messageEn: 'The archives of the school have all gone to their custodian.',
  path: ['school'],
  remedy: '无须再指定。',
  ownerLevel: 'COUNTY',
});

export const archivesUnderWay = ownFinding({
  code: 'ARCHIVES_UNDER_WAY',
  message: '该校学籍档案已开始移交，不能再改变保管单位。',
  messageEn: 'The archives of the school have begun to go to their custodian, who stays the same.',
  path: ['school'],
  remedy: '请待移交完毕后，由保管单位按规定办理。',
  ownerLevel: 'COUNTY',
});

export const custodianUnknown = ownFinding({
  code: 'CUSTODIAN_UNKNOWN',
  message: '所指定的保管单位不在本单位管理范围内，或已撤销、合并。',
  messageEn: 'The unit that was named is not one of the own range, or has ended.',
  path: ['unit'],
  remedy: '请指定本单位管理范围内的教育行政部门或在办学校。',
  ownerLevel: 'COUNTY',
});
