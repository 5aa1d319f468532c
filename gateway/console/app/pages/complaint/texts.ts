import type { Texts } from '../../language/language.tsx';

export const texts = {
  students: ['学生', 'Students'],
  record: ['学生学籍', 'Record of a student'],
  title: ['提出投诉', 'File a complaint'],
  form: ['投诉内容', 'The complaint'],
  matter: ['所反映的事项', 'What is complained of'],
  fault: ['系统故障的范围（不是故障可不填）', 'Whose system is at fault, if one is'],
  against: ['所反映的学校、单位代码（可填多个）', 'Codes of the schools and units complained of'],
  name: ['反映人姓名', 'Name of who reports'],
  phone: ['反映人电话', 'Telephone'],
  channel: ['提出的方式', 'How it came'],
  preview: ['由谁受理、何时办结', 'Who handles it, until when'],
  receiver: ['受理单位', 'Handled by'],
  scope: ['问题类别', 'About'],
  submit: ['提交', 'File'],
} satisfies Texts;
