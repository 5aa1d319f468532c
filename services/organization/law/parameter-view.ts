import type { IsoDate } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Finding, LegalBasis } from '#libs/law/finding.ts';
import type { LawPlace, Stage } from '#libs/law/layers.ts';
import { isParameterKey, PARAMETERS, type ParameterKey } from '#libs/law/parameters/parameters.ts';
import { resolve } from '#libs/law/resolve.ts';
import { badInput } from '#libs/platform/errors/errors.ts';

/** A figure or setting of the law at a place on a day, with the articles that give it. */
export type LawParameterView = {
  id: ParameterKey;
  title: string;
  titleEn: string;
  rules: string[];
  /** As the table of parameters states it; null: nothing limits it, or `findings` hold a REJECT. */
  value: unknown;
  basis: LegalBasis[];
  /** A stricter figure of a lower text, which warns and does not bind. */
  target: { value: unknown; basis: LegalBasis[] } | null;
  /** LAYER_TEXT_UNKNOWN, POLICY_NOT_IN_FORCE, POLICY_UNRESOLVED. */
  findings: Finding[];
};

/** Where and when parameters are asked for. */
export type ParameterQuestion = { place: LawPlace; on: IsoDate; stage: Stage };

/**
 * The parameters that hold for a stage at a place on a day (ORG-25 to ORG-27): those named, in that order, or all.
 * Throws BAD_USER_INPUT with every key that is none.
 */
export const parametersAt = (
  { place, on, stage }: ParameterQuestion,
  wanted: readonly string[] | null | undefined,
): LawParameterView[] => {
  enforces('ORG-25', 'ORG-26', 'ORG-27');
  return keysOf(wanted ?? Object.keys(PARAMETERS)).map((id) => {
    const { title, titleEn, rules } = PARAMETERS[id];
    const { value, basis, soft, warnings } = resolve(id, place, on, { stage });
    return {
      ...{ id, title, titleEn, rules: [...rules], value: value ?? null, basis },
      target: soft ?? null,
      findings: warnings,
    };
  });
};

const keysOf = (wanted: readonly string[]): ParameterKey[] => {
  const unknown = wanted.flatMap((id, at) => (isParameterKey(id) ? [] : [at]));
  if (unknown.length > 0)
    throw badInput(
      unknown.map((at) => ({
        path: ['ids', String(at)],
        code: 'UNKNOWN_PARAMETER',
        message: '没有这一参数。 There is no such parameter.',
      })),
    );
  return wanted.filter(isParameterKey);
};
