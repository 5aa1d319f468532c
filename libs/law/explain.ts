import { CATALOGUE, CHAPTERS, type ChapterCode, catalogueRule, chapterOf } from './catalogue/catalogue.ts';
import type { CatalogueOutcome, CatalogueRule, Enforcer } from './catalogue/catalogue-rule.ts';
import type { IsoDate } from './dates.ts';
import { basisOf, type LegalBasis } from './finding.ts';
import { LAYERS, type LawLayer, type LawPlace, lastDayOf, type Stage } from './layers.ts';
import type { RuleId } from './rule-id.ts';

/** One text behind a rule, with its validity. */
export type LayerView = {
  layer: LawLayer;
  document: string;
  documentEn: string;
  article: string;
  inForceFrom?: IsoDate;
  inForceTo?: IsoDate;
  /** Holds as a remainder of 2013, no harder than RECORD where it stands alone. */
  residual: boolean;
  /** What is assumed about the dates. */
  assumed?: string;
};

/** A rule for the public schema: no place, no day. */
export type RuleView = {
  id: RuleId;
  chapter: ChapterCode;
  chapterTitle: string;
  title: string;
  titleEn: string;
  statement: string;
  parameters?: string;
  actor: string;
  enforcedBy: readonly Enforcer[];
  outcomes: readonly CatalogueOutcome[];
  codes: readonly string[];
  layers: LayerView[];
};

/** A rule as it binds at a place on a day. */
export type RuleInForce = RuleView & { basis: LegalBasis[] };

/** One rule of the catalogue. */
export const rule = (id: RuleId): RuleView => view(catalogueRule(id));

/** The rules that bind at a place on a day, in the catalogue's order, of one chapter or of all. */
export const rulesInForce = (
  place: LawPlace,
  on: IsoDate,
  chapter?: ChapterCode,
  stage?: Stage,
): RuleInForce[] =>
  (chapter ? CHAPTERS[chapter].rules : CATALOGUE).flatMap((entry) => {
    const basis = basisOf(entry.id, on, place, stage);
    return basis.length > 0 ? [{ ...view(entry), basis }] : [];
  });

const view = (entry: CatalogueRule): RuleView => {
  const chapter = chapterOf(entry.id);
  const { layers, onViolation: _, ...told } = entry;
  return { ...told, chapter, chapterTitle: CHAPTERS[chapter].title, layers: layers.map(viewLayer) };
};

const viewLayer = (entry: CatalogueRule['layers'][number]): LayerView => {
  const { document, documentEn, from, assumed } = LAYERS[entry.layer];
  const to = lastDayOf(entry);
  return {
    layer: entry.layer,
    document,
    documentEn,
    article: entry.articles.join('、'),
    ...(from && { inForceFrom: from }),
    ...(to && { inForceTo: to }),
    residual: entry.residual === true,
    ...(assumed && { assumed }),
  };
};
