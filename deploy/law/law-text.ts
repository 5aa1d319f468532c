import type { ChapterCode } from '#libs/law/catalogue/catalogue.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import { type RuleView, rule, rulesInForce } from '#libs/law/explain.ts';
import type { LawPlace, Stage } from '#libs/law/layers.ts';
import { isParameterKey, PARAMETERS } from '#libs/law/parameters/parameters.ts';
import { needsStage, resolve } from '#libs/law/resolve.ts';
import type { RuleId } from '#libs/law/rule-id.ts';

const SCHOOL_STAGES: readonly Stage[] = ['PRIMARY', 'JUNIOR', 'SENIOR'];

/** A rule with its texts and days, for reading. */
export const ruleText = (id: RuleId): string => {
  const view = rule(id);
  return [
    `${view.id} ${view.title} (${view.titleEn})`,
    `${view.chapter} ${view.chapterTitle}`,
    '',
    view.statement,
    ...(view.parameters ? [`Parameters: ${view.parameters}`] : []),
    `Outcome: ${view.outcomes.join(', ')}${view.codes.length > 0 ? ` - ${view.codes.join(', ')}` : ''}`,
    `Acts: ${view.actor}. Enforced by: ${view.enforcedBy.join(', ') || 'nobody at run time'}.`,
    '',
    ...view.layers.map(layerText),
  ].join('\n');
};

/** The rules and the parameters that bind at a place on a day. */
export const inForceText = (place: LawPlace, on: IsoDate, chapter?: ChapterCode, stage?: Stage): string => {
  const rules = rulesInForce(place, on, chapter, stage);
  const lines = rules.map(({ id, title, titleEn, basis }) => {
    const articles = basis.map(({ layer, article }) => `${layer} ${article}`).join('; ');
    return `${id.padEnd(7)} ${title} (${titleEn})  ${articles}`;
  });
  const warnings = new Set<string>();
  const values = Object.keys(PARAMETERS)
    .filter(isParameterKey)
    .flatMap((key) => (stage || !needsStage(key) ? [stage] : SCHOOL_STAGES).map((asked) => ({ key, asked })))
    .map(({ key, asked }) => {
      const resolution = resolve(key, place, on, asked ? { stage: asked } : {});
      for (const { code, message } of resolution.warnings) warnings.add(`${code}: ${message}`);
      const soft = resolution.soft ? `, target ${JSON.stringify(resolution.soft.value)}` : '';
      const basis = resolution.basis.map(({ layer, article }) => `${layer} ${article}`).join('; ');
      const name = asked && !stage ? `${key} ${asked}` : key;
      return `${name.padEnd(36)} ${JSON.stringify(resolution.value) ?? 'no answer'}${soft}  ${basis}`;
    });
  return [`${rules.length} rules in force`, ...lines, '', 'Parameters', ...values, '', ...warnings].join(
    '\n',
  );
};

const layerText = (layer: RuleView['layers'][number]): string => {
  const from = layer.inForceFrom ?? '…';
  const to = layer.inForceTo ?? '…';
  const marks = [layer.residual ? 'residual' : '', layer.assumed ?? ''].filter(Boolean).join('; ');
  return `${layer.layer.padEnd(5)} ${from} - ${to}  ${layer.document} ${layer.article}${marks ? `  (${marks})` : ''}`;
};
