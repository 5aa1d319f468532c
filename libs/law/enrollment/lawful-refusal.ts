import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** Reasons that no refusal may rest on, whatever else is written (ID-06, ENR-05, ENR-32). */
const FORBIDDEN = [
  'TEMPORARY_NUMBER',
  'NO_REGISTRATION',
  'REGISTRATION_NOT_ARRIVED',
  'PROBLEM_RECORD_OPEN',
] as const;
export type UnlawfulRefusal = (typeof FORBIDDEN)[number];

/**
 * What a new registration is refused for, as a person picks it. The forbidden ones stand in the list, so that whoever
 * means one of them picks it and is told, instead of hiding it in words.
 */
export const REFUSAL_GROUNDS = [
  'NOT_ADMITTED',
  'NOT_ATTENDING',
  'RECORD_EXISTS',
  'INFORMATION_FALSE',
  'AGE_NOT_REACHED',
  'GUARDIAN_WITHDREW',
  ...FORBIDDEN,
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

/**
 * Refuses the refusal: a temporary number is a full number (ID-06), registration records a fact and is no condition of
 * entry or transfer (ENR-05), an open problem record stops neither graduation nor admission (ENR-32).
 * `reasons` are reason codes; a code outside of the forbidden ones is judged by the rules of its own business, and free
 * text is for people to judge.
 */
export const judgeRefusal = (reasons: readonly string[], on: IsoDate, place: LawPlace): Finding[] => {
  const given = new Set(reasons);
  const path = ['input', 'ground'];
  const findings: Finding[] = [];
  if (given.has('TEMPORARY_NUMBER' satisfies UnlawfulRefusal)) {
    findings.push(
      ...findingIfInForce('ID-06', {
        message: '不得以学生持L字头临时学籍号为由不予办理。',
        messageEn: 'A temporary number is no lawful reason to refuse anything.',
        path,
        remedy: '请按正式学籍号同等办理。',
        on,
        place,
      }),
    );
  }
  if (
    given.has('NO_REGISTRATION' satisfies UnlawfulRefusal) ||
    given.has('REGISTRATION_NOT_ARRIVED' satisfies UnlawfulRefusal)
  ) {
    findings.push(
      ...findingIfInForce('ENR-05', {
        message: '不得以没有学籍或学籍尚未转到为由拒绝学生入学、转学。',
        messageEn: 'Registration is no condition of entry or transfer; it follows the admission.',
        path,
        remedy: '请先接收学生，再转接或新建学籍。',
        on,
        place,
      }),
    );
  }
  if (given.has('PROBLEM_RECORD_OPEN' satisfies UnlawfulRefusal)) {
    findings.push(
      ...findingIfInForce('ENR-32', {
        message: '不得以问题学籍尚未处理为由不予毕业或招生。',
        messageEn: 'An open problem record stops neither graduation nor admission.',
        path,
        remedy: '请先办理毕业或招生，同时继续处理问题学籍。',
        on,
        place,
      }),
    );
  }
  return findings;
};
