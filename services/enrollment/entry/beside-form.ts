import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { judgeAssessedPlacement } from '#libs/law/enrollment/assessed-placement.ts';
import { judgeLateEntry } from '#libs/law/enrollment/deferral.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { HandedIn, JudgedIntake } from '../registration/intake.ts';

/** What the county's expert committee recommends for a disabled child (ENR-20). */
export const PlacementAssessment = z.object({
  mode: z.enum(['SPECIAL_SCHOOL', 'INCLUSIVE', 'HOME_TEACHING']),
  assessedOn: Day,
});
export type PlacementAssessment = z.infer<typeof PlacementAssessment>;

const modeOf = (text: string | null): PlacementAssessment['mode'] | null =>
  PlacementAssessment.shape.mode.safeParse(text).data ?? null;

/** A child who was of age the year before waits in Beiguan for the bureau (ENR-12): held until it says why. */
const lateEntry = ({ form, entryYear, school, today }: HandedIn, { facts }: JudgedIntake): Finding[] =>
  facts?.stage === 'PRIMARY' && facts.entryYearAdj === entryYear
    ? judgeLateEntry(
        { birthDate: form.birthDate, entryYear, decided: false },
        today,
        lawPlaceOfSchool(school),
      )
    : [];

/** The place is the one that the committee has assessed (ENR-20); asked where an assessment is stated. */
const placement = ({ form, school, today }: HandedIn, assessment: PlacementAssessment | null): Finding[] =>
  assessment === null
    ? []
    : judgeAssessedPlacement(
        { isDisabled: form.isDisabled === true, placementMode: modeOf(form.placementMode), assessment },
        today,
        lawPlaceOfSchool(school),
      );

/** Judges what lies beside a form: the committee's assessment, and an entry that comes a year late. */
export const withWhatLiesBeside = (
  judged: JudgedIntake,
  handed: HandedIn,
  assessment: PlacementAssessment | null,
): JudgedIntake => {
  const known = new Set(judged.findings.map(({ code }) => code));
  const said = [...placement(handed, assessment), ...lateEntry(handed, judged)].filter(
    ({ code }) => !known.has(code),
  );
  const findings = [...judged.findings, ...said];
  const isRefused = said.some(({ outcome }) => outcome === 'REJECT');
  if (judged.facts === null || isRefused) return { facts: null, findings };
  const held = [...judged.facts.held, ...said.filter(({ outcome }) => outcome === 'HOLD')];
  return { facts: { ...judged.facts, held }, findings };
};
