import type { Texts } from '../../language/language.tsx';

export const texts = {
  export: ['导出', 'Export'],
  format: ['格式', 'Format'],
  csv: ['CSV（UTF-8 文本）', 'CSV (UTF-8 text)'],
  xlsx: ['XLSX（工作簿）', 'XLSX (workbook)'],
  purpose: ['用途（不写学生信息，记入访问日志）', 'What for; goes on record, no pupil’s data'],
  leaves: ['对外提供（本单位及上级以外）', 'It goes to others than the unit itself and those above it'],
  ready: [
    '文件已生成，十分钟内可以下载；过期请重新导出',
    'The file is ready for ten minutes; after that, export again',
  ],
  rows: ['行数', 'Rows'],
  digest: ['摘要值', 'Digest'],
  preparedAt: ['导出时间', 'Exported'],
  fetch: ['下载', 'Download'],
} satisfies Texts;
