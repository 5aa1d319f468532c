import { catalogueRule } from './catalogue/catalogue.ts';
import type { CatalogueRule } from './catalogue/catalogue-rule.ts';
import type { IsoDate } from './dates.ts';
import { bindingLayers, LAYERS, type LawLayer, type LawPlace, lastDayOf, type Stage } from './layers.ts';
import type { RuleId } from './rule-id.ts';

export type { LawPlace } from './layers.ts';

/**
 * REJECT: the operation fails. HOLD: it waits for a decision with a written reason by `ownerLevel`.
 * WARN: accepted, visibly. RECORD: accepted or continuing, with an entry for the report or the ledger.
 */
export type Outcome = 'REJECT' | 'HOLD' | 'WARN' | 'RECORD';

/** Who can mend what a finding names. */
export type OwnerLevel = 'SCHOOL' | 'COUNTY' | 'CITY' | 'PROVINCE' | 'MINISTRY' | 'GUARDIAN';

/** An article that carries a finding, with the days of its validity (both included). */
export type LegalBasis = {
  document: string;
  article: string;
  layer: LawLayer;
  inForceFrom?: IsoDate;
  inForceTo?: IsoDate;
};

/** What the law says about one point of an operation. Texts never hold personal data. */
export type Finding = {
  ruleId: RuleId;
  outcome: Outcome;
  /** Stable reason code; one code has one meaning everywhere. */
  code: string;
  /** For the person at the counter: what is wrong. */
  message: string;
  messageEn: string;
  /** The input the finding speaks of. */
  path?: string[];
  basis: LegalBasis[];
  ownerLevel?: OwnerLevel;
  /** What to do about it, in Chinese. */
  remedy?: string;
};

/** What a finding says beyond its rule. */
export type FindingSpec = {
  /** Defaults to the rule's first code, or its id where it has none. */
  code?: string;
  /** Defaults to the rule's first outcome that an operation can meet, else RECORD. */
  outcome?: Outcome;
  message: string;
  messageEn: string;
  path?: string[];
  remedy?: string;
  ownerLevel?: OwnerLevel;
  /** The day of the question, `yyyy-mm-dd`. */
  on: IsoDate;
  place: LawPlace;
  /** Texts that speak of compulsory schools only fall away for other stages. */
  stage?: Stage;
};

/** A rule was asked for where no text carries it: a fault of the program, never of the person at the counter. */
export class RuleNotInForceError extends Error {
  readonly ruleId: RuleId;

  constructor(ruleId: RuleId, on: IsoDate, place: LawPlace) {
    super(`${ruleId} has no legal basis on ${on} in ${place.county ?? place.city ?? place.province}`);
    this.name = 'RuleNotInForceError';
    this.ruleId = ruleId;
  }
}

/**
 * Rules that only residual articles of 2013 carry outside their region and that keep their outcome all the same;
 * every other one becomes RECORD there. Identity data: ID-04 (CF-05), ID-14. Custody and permanence: ARC-12,
 * ORG-11 (who answers for a record), PRV-03 (CF-12, the strictest everywhere). Restated: ENR-08 by ENR-67.
 */
const RESIDUAL_KEEPS_OUTCOME: ReadonlySet<RuleId> = new Set([
  'ID-04',
  'ID-14',
  'ARC-12',
  'ORG-11',
  'ORG-25',
  'PRV-03',
  'ENR-08',
]);

/** True when some text makes the rule binding at the place on the day. */
export const isInForce = (ruleId: RuleId, on: IsoDate, place: LawPlace, stage?: Stage): boolean =>
  bindingLayers(catalogueRule(ruleId).layers, place, on, stage).length > 0;

/** The articles that carry the rule at the place on the day; empty where none does. */
export const basisOf = (ruleId: RuleId, on: IsoDate, place: LawPlace, stage?: Stage): LegalBasis[] =>
  bindingLayers(catalogueRule(ruleId).layers, place, on, stage).map((entry) => {
    const { document, from } = LAYERS[entry.layer];
    const to = lastDayOf(entry);
    return {
      document,
      article: entry.articles.join('、'),
      layer: entry.layer,
      ...(from && { inForceFrom: from }),
      ...(to && { inForceTo: to }),
    };
  });

/**
 * States a finding under a rule with every article that carries it that day in that place.
 * Throws RuleNotInForceError when none does: ask `isInForce` first, or use `findingIfInForce`.
 */
export const finding = (ruleId: RuleId, spec: FindingSpec): Finding => {
  const { on, place, stage, outcome, code, ...said } = spec;
  const rule = catalogueRule(ruleId);
  const basis = basisOf(ruleId, on, place, stage);
  if (basis.length === 0) throw new RuleNotInForceError(ruleId, on, place);
  return {
    ruleId,
    outcome: softened(rule, outcome ?? usualOutcome(rule), spec),
    code: code ?? rule.codes[0] ?? ruleId,
    ...said,
    basis,
  };
};

/** The finding in a list of one where the rule is in force, else nothing: for rules of one region. */
export const findingIfInForce = (ruleId: RuleId, spec: FindingSpec): Finding[] =>
  isInForce(ruleId, spec.on, spec.place, spec.stage) ? [finding(ruleId, spec)] : [];

const usualOutcome = (rule: CatalogueRule): Outcome => rule.outcomes.find(isOutcome) ?? 'RECORD';

const isOutcome = (outcome: string): outcome is Outcome =>
  outcome === 'REJECT' || outcome === 'HOLD' || outcome === 'WARN' || outcome === 'RECORD';

/** A residual article of 2013 that stands alone once the 2025 measure is in force carries no more than RECORD. */
const softened = (rule: CatalogueRule, outcome: Outcome, { on, place, stage }: FindingSpec): Outcome => {
  if (outcome !== 'REJECT' && outcome !== 'HOLD') return outcome;
  const replacement = LAYERS.N25.from;
  if (!replacement || on < replacement || RESIDUAL_KEEPS_OUTCOME.has(rule.id)) return outcome;
  const binding = bindingLayers(rule.layers, place, on, stage);
  return binding.every((entry) => entry.residual) ? 'RECORD' : outcome;
};
