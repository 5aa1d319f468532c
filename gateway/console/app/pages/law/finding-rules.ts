type Rule = {
  id: string;
  title: string;
  titleEn: string;
  statement: string;
  basis: readonly { document: string; article: string }[];
};

/** Chapter of a rule, by the prefix of its id. */
export const chapterOf = ({ id }: { id: string }): string => id.split('-')[0] ?? id;

/** The rules of a chapter, or of all, that have every word somewhere: id, title, content or article. */
export const rulesWith = <R extends Rule>(
  rules: readonly R[],
  chapter: string | null,
  sought: string,
): R[] => {
  const wordsSought = sought.toLowerCase().split(/\s+/).filter(Boolean);
  return rules.filter((rule) => {
    if (chapter !== null && chapterOf(rule) !== chapter) return false;
    const { id, title, titleEn, statement, basis } = rule;
    const articles = basis.map(({ document, article }) => `${document} ${article}`);
    const text = [id, title, titleEn, statement, ...articles].join(' ').toLowerCase();
    return wordsSought.every((word) => text.includes(word));
  });
};
