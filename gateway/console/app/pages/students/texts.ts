import type { Texts } from '../../language/language.tsx';

export const texts = {
  register: ['新生建籍', 'Register a pupil'],
  title: ['学生', 'Students'],
  children: ['我的孩子', 'My children'],
  list: ['名单', 'List'],
  byNumber: ['按学籍号查找', 'Find by number'],
  number: ['学籍号（含历史号）', 'Student number, past ones too'],
  find: ['查找', 'Find'],
  notFound: [
    '没有找到，或不在您的管理范围内。两种情况答复相同，以免泄露学籍信息（PRV-15）。',
    'Not found, or not within your scope. Both are answered alike, so that nothing leaks (PRV-15).',
  ],
  stage: ['学段', 'Stage'],
  grade: ['年级', 'Grade'],
  status: ['状态', 'State'],
  name: ['姓名', 'Name'],
  gender: ['性别', 'Gender'],
  studentNumber: ['学籍号', 'Number'],
  school: ['学校', 'School'],
  schoolClass: ['班级', 'Class'],
  none: ['没有符合条件的学生', 'No student fits'],
  noneMore: [
    '这里只列出您有权管理的学生。教育部和各类服务机构没有常设的学生查看权限，须凭授权查看个案（PRV-12）。',
    'Only students whom you administer are listed. The ministry and service units have no standing right to see children; they see single cases by grant (PRV-12).',
  ],
  previous: ['上一页', 'Previous'],
  next: ['下一页', 'Next'],
  filters: ['筛选', 'Filters'],
} satisfies Texts;
