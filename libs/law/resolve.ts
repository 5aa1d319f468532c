import type { IsoDate } from './dates.ts';
import { type Finding, finding, type LegalBasis } from './finding.ts';
import { inForceOn, LAYERS, type LawPlace, type LawText, PRECEDENCE, reaches, type Stage } from './layers.ts';
import { judgeEra } from './organization/policy-version.ts';
import type { DatedValue, Parameter } from './parameters/parameter.ts';
import { PARAMETERS, type ParameterKey, type ParameterValue } from './parameters/parameters.ts';

/** The answer to "what holds here, today?". */
export type Resolution<T> = {
  /** Undefined only together with a REJECT among `warnings`. */
  value: T | undefined;
  /** The articles that give the value, the deciding one first. */
  basis: LegalBasis[];
  /** A stricter figure of a lower text that yields and stays as a target. */
  soft?: { value: T; basis: LegalBasis[] };
  /** LAYER_TEXT_UNKNOWN, POLICY_NOT_IN_FORCE (a text that lapsed), POLICY_UNRESOLVED (nothing answers). */
  warnings: Finding[];
};

/** A parameter without an answer where one is needed. */
export class PolicyUnresolvedError extends Error {
  constructor(key: ParameterKey, on: IsoDate, place: LawPlace) {
    super(`no text answers ${key} on ${on} in ${place.county ?? place.city ?? place.province}`);
    this.name = 'PolicyUnresolvedError';
  }
}

/**
 * Resolves a parameter for a place and a day (ORG-25 to ORG-27): the texts in force that reach the place, the higher
 * over the lower, on one level the later over the earlier; a lower text fills in or narrows what is left open.
 * Throws RangeError without a `stage` where a text speaks of some stages only (`needsStage`).
 */
export const resolve = <K extends ParameterKey>(
  key: K,
  place: LawPlace,
  on: IsoDate,
  options: { stage?: Stage } = {},
): Resolution<ParameterValue<K>> => {
  // The table is keyed by literal names, so the entry under K holds values of K.
  const entry = PARAMETERS[key] as unknown as Parameter<ParameterValue<K>>;
  const tooEarly = judgeEra(on, place);
  if (tooEarly.length > 0) return { value: undefined, basis: [], warnings: tooEarly };

  if (!options.stage && needsStage(key)) throw new RangeError(`${key} depends on the stage`);
  const binding = entry.values.filter((candidate) => speaks(candidate, place, on, options.stage));
  const warnings = entry.nationwide ? [] : unknownTexts(place, on, options.stage).concat(lapsed(place, on));
  const settled = settle(binding);
  if (settled) return { ...settled, warnings };
  if (entry.silent) {
    const basis = [
      { document: LAYERS.OURS.document, article: '默认值（各级规定未明）', layer: 'OURS' as const },
    ];
    return { value: entry.silent.value, basis, warnings };
  }
  return { value: undefined, basis: [], warnings: [...warnings, unresolved(entry.title, on, place)] };
};

/** True for a parameter that differs by stage, which a question must then name. */
export const needsStage = (key: ParameterKey): boolean =>
  PARAMETERS[key].values.some((candidate) => candidate.stages !== undefined);

/** The value alone. Throws PolicyUnresolvedError where no text and no default answers. */
export const requireValue = <K extends ParameterKey>(
  key: K,
  place: LawPlace,
  on: IsoDate,
  options: { stage?: Stage } = {},
): ParameterValue<K> => {
  const { value } = resolve(key, place, on, options);
  if (value === undefined) throw new PolicyUnresolvedError(key, on, place);
  return value;
};

const speaks = <T>(candidate: DatedValue<T>, place: LawPlace, on: IsoDate, stage?: Stage): boolean =>
  inForceOn(candidate.layer, on) &&
  reaches(candidate.layer, place, stage) &&
  (!candidate.from || candidate.from <= on) &&
  (!candidate.to || on <= candidate.to) &&
  (!candidate.only || candidate.only.province === place.province) &&
  (!candidate.stages || (stage !== undefined && candidate.stages.includes(stage)));

const settle = <T>(binding: readonly DatedValue<T>[]): Omit<Resolution<T>, 'warnings'> | undefined => {
  const [highest, ...lower] = binding;
  if (!highest) return undefined;
  let value = highest.value;
  let basis = [basisOfValue(highest)];
  let soft: Resolution<T>['soft'];
  for (const candidate of lower) {
    if (same(candidate.value, value)) basis.push(basisOfValue(candidate));
    else if (candidate.relation === 'NARROWS') {
      value = candidate.value;
      basis = [basisOfValue(candidate)];
    } else if (candidate.relation === 'SOFT') {
      soft = { value: candidate.value, basis: [basisOfValue(candidate)] };
    }
  }
  return { value, basis, ...(soft && { soft }) };
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const basisOfValue = <T>({ layer, article, from, to }: DatedValue<T>): LegalBasis => {
  const text = LAYERS[layer];
  const inForceFrom = from ?? text.from;
  const inForceTo = to ?? text.to;
  return {
    document: text.document,
    article,
    layer,
    ...(inForceFrom && { inForceFrom }),
    ...(inForceTo && { inForceTo }),
  };
};

/** Texts that bind here and whose content is not at hand: they may say otherwise. */
const unknownTexts = (place: LawPlace, on: IsoDate, stage?: Stage): Finding[] =>
  PRECEDENCE.filter(
    (layer) => !LAYERS[layer].textKnown && inForceOn(layer, on) && reaches(layer, place, stage),
  ).map((layer) =>
    finding('ORG-27', {
      code: 'LAYER_TEXT_UNKNOWN',
      outcome: 'WARN',
      message: `${LAYERS[layer].document}在本地有效，但系统未收录其内容，暂按上级规定处理。`,
      messageEn: `The ${LAYERS[layer].documentEn} are in force here but their text is not at hand; the higher texts are applied.`,
      remedy: '请核对该文件；如另有规定，由省级教育行政部门录入。',
      ownerLevel: 'PROVINCE',
      on,
      place,
    }),
  );

/** A regional text that ended without a successor on its level. */
const lapsed = (place: LawPlace, on: IsoDate): Finding[] => {
  const regional = PRECEDENCE.filter((layer) => LAYERS[layer].reach && reaches(layer, place));
  const ended = regional.filter((layer) => endedBefore(layer, on) && !hasSuccessor(layer, regional, on));
  return ended.map((layer) =>
    finding('ORG-25', {
      outcome: 'WARN',
      message: `${LAYERS[layer].document}已过有效期，按仍然有效的规定处理。`,
      messageEn: `The ${LAYERS[layer].documentEn} have lapsed; what is still in force is applied.`,
      remedy: '请省级教育行政部门录入接续的规定。',
      ownerLevel: 'PROVINCE',
      on,
      place,
    }),
  );
};

const endedBefore = (layer: LawText, on: IsoDate): boolean => {
  const { to } = LAYERS[layer];
  return to !== undefined && to < on;
};

const hasSuccessor = (layer: LawText, among: readonly LawText[], on: IsoDate): boolean =>
  among.some((other) => {
    const { to } = LAYERS[layer];
    const next = LAYERS[other];
    return (
      next.level === LAYERS[layer].level &&
      to !== undefined &&
      next.from !== undefined &&
      next.from > to &&
      next.from <= on
    );
  });

const unresolved = (title: string, on: IsoDate, place: LawPlace): Finding =>
  finding('ORG-27', {
    message: `“${title}”须由省级作出规定，目前没有可适用的规定。`,
    messageEn: 'No text in force answers this question here.',
    remedy: '请省级教育行政部门先行规定后再办理。',
    ownerLevel: 'PROVINCE',
    on,
    place,
  });
