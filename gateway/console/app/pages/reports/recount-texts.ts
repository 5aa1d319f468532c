import type { Texts } from '../../language/language.tsx';

export const texts = {
  title: ['每夜复核发现的差异', 'Differences that the nightly recounts found'],
  which: ['显示哪些', 'Which are shown'],
  open: ['仍存在', 'Still there'],
  settled: ['已消除', 'Gone'],
  all: ['全部', 'All'],
  none: ['复核没有发现差异', 'The recounts found no difference'],
  kind: ['种类', 'Kind'],
  cause: ['原因', 'Cause'],
  student: ['学生', 'Student'],
  look: ['查看', 'Open'],
  kept: ['统计中保存的', 'What is kept'],
  counted: ['复核所得的', 'What was counted'],
  foundAt: ['发现时间', 'Found'],
  seenAt: ['最近仍存在', 'Seen last'],
  settledAt: ['消除时间', 'Gone since'],
  empty: ['空', 'none'],
} satisfies Texts;
