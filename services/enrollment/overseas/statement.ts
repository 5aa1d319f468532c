import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { judgeOverseasEntry } from '#libs/law/enrollment/overseas.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { HandedIn, JudgedIntake } from '../registration/intake.ts';
import type { FromAbroad } from './from-abroad.ts';

/** What a school states beside the form of a pupil from abroad, or of a joint programme. */
export const EntryStatement = z.object({
  /** The pupil has won a place here. */
  locallyAdmitted: z.boolean().nullish(),
  /** Last day of the document's validity; absent where it bears none. */
  documentValidUntil: Day.nullish(),
  /** Studies in a senior programme run with a foreign partner. */
  jointProgramme: z.boolean().nullish(),
});
export type EntryStatement = z.infer<typeof EntryStatement>;

/** What a school states of a whole file: that the pupils from abroad in it have places, or that it is a joint programme's. */
export const FileStatement = EntryStatement.pick({ locallyAdmitted: true, jointProgramme: true });
export type FileStatement = z.infer<typeof FileStatement>;

/** What is kept of a pupil from abroad, or of a joint programme; nothing of anybody else. */
export const fromAbroad = (
  category: FromAbroad['category'],
  stage: string,
  statement: FileStatement | null,
): FromAbroad | undefined => {
  const jointProgramme = stage === 'SENIOR' && statement?.jointProgramme === true;
  return category === 'NONE' && !jointProgramme ? undefined : { category, jointProgramme };
};

/** Judges a form together with what the school states: a pupil from abroad has a local place and a valid document (ENR-17). */
export const withStatement = (
  judged: JudgedIntake,
  handed: HandedIn,
  statement: EntryStatement | null,
): JudgedIntake => {
  const { form, school, today } = handed;
  const said: Finding[] = judgeOverseasEntry(
    {
      category: form.overseasCategory,
      locallyAdmitted: statement?.locallyAdmitted === true,
      idDocumentType: form.idDocumentType,
      validUntil: statement?.documentValidUntil ?? null,
    },
    today,
    lawPlaceOfSchool(school),
  );
  const known = new Set(judged.findings.map(({ code }) => code));
  const findings = [...judged.findings, ...said.filter(({ code }) => !known.has(code))];
  if (judged.facts === null || said.some(({ outcome }) => outcome === 'REJECT'))
    return { facts: null, findings };
  const abroad = fromAbroad(form.overseasCategory, judged.facts.stage, statement);
  return { facts: abroad === undefined ? judged.facts : { ...judged.facts, abroad }, findings };
};
