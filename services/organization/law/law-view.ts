import { type ChapterCode, isChapterCode } from '#libs/law/catalogue/catalogue.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import { type RuleView, rule, rulesInForce } from '#libs/law/explain.ts';
import type { LegalBasis } from '#libs/law/finding.ts';
import type { LawPlace } from '#libs/law/layers.ts';
import { isRuleId } from '#libs/law/rule-id.ts';
import { badInput } from '#libs/platform/errors/errors.ts';

/** A rule as clients read it, with the articles that carry it. */
export type LawRuleView = Pick<RuleView, 'id' | 'title' | 'titleEn' | 'statement'> & {
  outcome: string;
  codes: string[];
  enforcedBy: string[];
  basis: LegalBasis[];
};

/** The rules that bind at a place on a day (ORG-25 to ORG-27), of one chapter or of all. */
export const lawAt = (place: LawPlace, on: IsoDate, chapter: string | null | undefined): LawRuleView[] => {
  enforces('ORG-25', 'ORG-26', 'ORG-27');
  return rulesInForce(place, on, chapterOf(chapter)).map((each) => ({ ...viewOf(each), basis: each.basis }));
};

/** One rule with every text that ever stated it; null for what is no rule id. */
export const lawRule = (id: string): LawRuleView | null => {
  if (!isRuleId(id)) return null;
  const view = rule(id);
  const basis = view.layers.map(
    ({ document, article, layer, inForceFrom, inForceTo }): LegalBasis => ({
      document,
      article,
      layer,
      inForceFrom,
      inForceTo,
    }),
  );
  return { ...viewOf(view), basis };
};

const viewOf = (view: RuleView): Omit<LawRuleView, 'basis'> => ({
  id: view.id,
  title: view.title,
  titleEn: view.titleEn,
  statement: view.statement,
  outcome: view.outcomes.join(', '),
  codes: [...view.codes],
  enforcedBy: [...view.enforcedBy],
});

const chapterOf = (chapter: string | null | undefined): ChapterCode | undefined => {
  if (chapter === null || chapter === undefined) return undefined;
  if (isChapterCode(chapter)) return chapter;
  throw badInput([
    { path: ['chapter'], code: 'UNKNOWN_CHAPTER', message: '没有这一章。 There is no such chapter.' },
  ]);
};
