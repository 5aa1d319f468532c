import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';

/** How somebody asks for a number (ID-29). */
export const ENQUIRY_CHANNELS = ['PHONE', 'EMAIL', 'WEB'] as const;

/** A way of asking. */
export type EnquiryChannel = (typeof ENQUIRY_CHANNELS)[number];

/**
 * What a caller has said, compared with the record by its owner: nothing of the record itself. `asks`: the student, or a guardian
 * who is linked to the student on papers.
 */
export type EnquiryFacts = {
  asks: 'STUDENT' | 'GUARDIAN' | 'OTHER';
  nameMatches: boolean;
  documentMatches: boolean;
  /** Of two further facts (day of birth, school, a guardian's phone) how many agree. */
  furtherMatches: number;
};

const FURTHER_NEEDED = 1;

/**
 * Who asks for a number is told it only where name, document and a further fact agree with the record of the student, or of a
 * guardian who is linked to the student (ID-29, CF-34; the measure is ours). The refusal is one and the same, whatever was
 * wrong: it does not say whether the student is known.
 */
export const judgeEnquirer = (facts: EnquiryFacts, on: IsoDate, place: LawPlace): Finding[] => {
  enforces('ID-29');
  const isVerified =
    facts.asks !== 'OTHER' &&
    facts.nameMatches &&
    facts.documentMatches &&
    facts.furtherMatches >= FURTHER_NEEDED;
  if (isVerified) return [];
  return [
    finding('ID-29', {
      code: 'ENQUIRER_NOT_VERIFIED',
      outcome: 'REJECT',
      message: '未能核实查询人身份，不提供学籍号。',
      messageEn: 'The enquirer could not be verified; no number is told.',
      path: ['enquirer'],
      remedy: '请由学生本人或其监护人携带证件向就读学校查询。',
      ownerLevel: 'SCHOOL',
      on,
      place,
    }),
  ];
};
