import type { Section } from '../../sections.ts';
import type { Texts } from '../language/language.tsx';
import { isGuardian, type Viewer, workplaceOf } from './viewer.tsx';

const texts = {
  overview: ['概览', 'Overview'],
  figures: ['统计报表', 'Figures'],
  work: ['待办', 'Work'],
  students: ['学生', 'Students'],
  classes: ['班级', 'Classes'],
  children: ['我的孩子', 'My children'],
  reports: ['报告', 'Reports'],
  law: ['法规', 'Law'],
  operations: ['运行', 'Operations'],
} satisfies Texts;

/** An entry of the navigation, and who has it. */
type Entry = { section: Section; text: keyof typeof texts; isFor(viewer: Viewer): boolean };

const mayReadStatistics = ({ allowedActions }: Viewer): boolean => allowedActions.includes('statistics.read');

const keepsClasses = ({ allowedActions }: Viewer): boolean => allowedActions.includes('class.assign');

const mayOperate = ({ allowedActions }: Viewer): boolean => allowedActions.includes('operations.read');

/** The whole navigation; a page that is added gets its entry here. */
const entries: readonly Entry[] = [
  { section: 'overview', text: 'overview', isFor: mayReadStatistics },
  { section: 'figures', text: 'figures', isFor: mayReadStatistics },
  { section: 'work', text: 'work', isFor: (viewer) => workplaceOf(viewer) !== undefined },
  { section: 'students', text: 'students', isFor: (viewer) => !isGuardian(viewer) },
  { section: 'students', text: 'children', isFor: isGuardian },
  { section: 'classes', text: 'classes', isFor: keepsClasses },
  { section: 'reports', text: 'reports', isFor: mayReadStatistics },
  { section: 'law', text: 'law', isFor: () => true },
  { section: 'operations', text: 'operations', isFor: mayOperate },
];

export const navigationTexts = texts;
export const entriesFor = (viewer: Viewer): readonly Entry[] => entries.filter(({ isFor }) => isFor(viewer));
