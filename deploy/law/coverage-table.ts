import { CHAPTERS, type ChapterCode, chapterOf, isChapterCode } from '#libs/law/catalogue/catalogue.ts';
import type { RuleCoverage } from './coverage.ts';

/** The coverage as a table: counts by chapter, then every rule that is neither enforced nor policy. */
export const coverageTable = (coverage: readonly RuleCoverage[]): string => {
  const chapters = Object.keys(CHAPTERS).filter(isChapterCode);
  const rows = chapters.map((chapter) =>
    row(chapter, CHAPTERS[chapter].titleEn, ofChapter(coverage, chapter)),
  );
  const head = line('', 'chapter', 'rules', 'enforced', 'policy', 'waiting', 'open');
  return [
    head,
    ...rows,
    row('', 'all', coverage),
    '',
    ...chapters.flatMap((code) => details(coverage, code)),
  ].join('\n');
};

const ofChapter = (coverage: readonly RuleCoverage[], chapter: ChapterCode): RuleCoverage[] =>
  coverage.filter(({ id }) => chapterOf(id) === chapter);

const row = (code: string, title: string, rules: readonly RuleCoverage[]): string => {
  const count = (status: string) => String(rules.filter((rule) => rule.status.startsWith(status)).length);
  return line(
    code,
    title,
    String(rules.length),
    count('enforced'),
    count('policy'),
    count('waiting'),
    count('open'),
  );
};

const line = (code: string, title: string, ...counts: string[]): string =>
  `${code.padEnd(5)}${title.padEnd(36)}${counts.map((count) => count.padStart(9)).join('')}`;

const details = (coverage: readonly RuleCoverage[], chapter: ChapterCode): string[] => [
  `${chapter} ${CHAPTERS[chapter].title}`,
  ...ofChapter(coverage, chapter).map(({ id, status, where, tests, why }) => {
    const places = status === 'enforced' ? `${where.length} places, ${tests.length} tests` : why;
    return `  ${id.padEnd(7)} ${status.padEnd(24)} ${places}`;
  }),
  '',
];
