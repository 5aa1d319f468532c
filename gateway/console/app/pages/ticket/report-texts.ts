import type { Texts } from '../../language/language.tsx';

export const texts = {
  title: ['拟报告单', 'Draft a report to the ministry'],
  form: ['报告单', 'Report'],
  more: [
    '只报告跨省和全国系统的问题，分条列出；由本省负责人盖章报送教育部。',
    'Problems across provinces or of the national system alone, each an item; the head of the province seals and sends it.',
  ],
  item: ['问题', 'Problem'],
  description: ['问题描述', 'What it is'],
  scope: ['问题类别', 'What it is about'],
  complaints: ['所据投诉', 'Complaints that show it'],
  concerned: ['所涉学校、单位代码（以逗号分隔）', 'Codes of schools and units concerned (by commas)'],
  addItem: ['再加一条', 'Add a problem'],
  removeItem: ['删除本条', 'Remove this one'],
  businessContact: ['业务联系人', 'Contact for the business'],
  technicalContact: ['技术联系人', 'Technical contact'],
  name: ['姓名', 'Name'],
  unit: ['单位', 'Unit'],
  phone: ['电话', 'Telephone'],
  submit: ['保存草稿', 'Save the draft'],
} satisfies Texts;
