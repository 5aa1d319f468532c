import type { Texts } from '../../language/language.tsx';

export const texts = {
  work: ['待办', 'Work'],
  title: ['学籍核准', 'Registrations'],
  waiting: ['等待本单位办理的学籍', 'Registrations that wait for my unit'],
  none: ['没有等待本单位办理的学籍', 'No registration waits for your unit'],
  student: ['学生', 'Student'],
  school: ['学校', 'School'],
  grade: ['年级', 'Grade'],
  status: ['状态', 'State'],
  due: ['期限', 'Due'],
  findings: ['法规意见', 'Findings'],
  approve: ['核准所选', 'Approve the chosen'],
  back: ['退回所选', 'Send the chosen back'],
  refuse: ['不予核准所选', 'Refuse the chosen'],
  resubmit: ['重新提交', 'Hand in again'],
  correction: ['更正说明', 'What was corrected'],
  chosen: ['已选', 'Chosen'],
  reason: ['理由', 'Reason'],
  ground: ['法定理由', 'Lawful ground'],
  more: ['下一页', 'Next page'],
  first: ['第一页', 'First page'],
} satisfies Texts;
