import { basisOf, type Finding, type LawPlace, type Outcome } from '#libs/law/finding.ts';
import type { RuleId } from '#libs/law/rule-id.ts';
import { REQUIRED_MISSING } from '../import/form-f1/cell-faults.ts';
import type { FormDraft, Noted } from '../import/form-f1/form-draft.ts';
import type { F1Item } from '../import/form-f1/item.ts';
import { ALL_ITEMS } from '../import/form-f1/items.ts';
import { guardiansIn } from '../import/form-f1/parse-row.ts';
import { pathOf, whatEnOf, whatOf } from '../import/problems/row-problem.ts';

/** A finding of the law, or of this system alone about what cannot be kept and read: no rule carries that. */
export type FormFinding = Omit<Finding, 'ruleId'> & { ruleId: RuleId | null };

/** Items without which there is no form to keep, whatever the law of the place asks for. */
export const OWN_ITEMS: ReadonlySet<string> = new Set([
  'name',
  'gender',
  'nationalityOrRegion',
  'overseasCategory',
  'idDocumentType',
  'birthDate',
  'gradeName',
]);
const OWN_OF_GUARDIAN: readonly string[] = ['name', 'relation', 'isLegalGuardian', 'idDocumentType'];

/** Everything that is said of a form: what cannot be read, then what the law says of the rest, then what is doubtful. */
export const formFindings = (
  draft: FormDraft,
  law: readonly Finding[],
  on: string,
  place: LawPlace,
): FormFinding[] => {
  const own = (noted: Noted, outcome: Outcome) => ownFinding(noted, outcome, on, place);
  return [
    ...[...draft.problems, ...missingOf(draft, law)].map((noted) => own(noted, 'REJECT')),
    ...besideFaults(draft, law),
    ...draft.warnings.map((noted) => own(noted, 'WARN')),
  ];
};

const ownFinding = (
  { place, fault }: Noted,
  outcome: Outcome,
  on: string,
  lawPlace: LawPlace,
): FormFinding => ({
  ruleId: fault.ruleId,
  outcome,
  code: fault.code,
  message: whatOf(place, fault),
  messageEn: whatEnOf(place, fault),
  path: pathOf(place),
  basis: fault.ruleId === null ? [] : basisOf(fault.ruleId, on, lawPlace),
  ownerLevel: 'SCHOOL',
  remedy: fault.remedy,
});

/** What the law says of items that could be read: of the others it would only say that they are missing. */
export const besideFaults = (draft: FormDraft, law: readonly Finding[]): Finding[] =>
  law.filter((finding) => {
    const key = itemKeyOf(finding);
    return key === undefined || !draft.isRefused(key);
  });

/** Items that are empty and without which the form cannot be kept, where the law has not asked for them already. */
export const missingOf = (draft: FormDraft, law: readonly Finding[]): Noted[] => {
  const asked = new Set(law.map(itemKeyOf));
  const needed = new Set([
    ...OWN_ITEMS,
    ...Array.from({ length: guardiansIn(draft) }, (_, at) =>
      OWN_OF_GUARDIAN.map((field) => `guardians.${at}.${field}`),
    ).flat(),
  ]);
  const isMissing = ({ key }: F1Item) => needed.has(key) && draft.isEmpty(key) && !asked.has(key);
  return ALL_ITEMS.filter(isMissing).map((place) => ({ place, fault: REQUIRED_MISSING }));
};

/** Key of the item that a finding speaks of; undefined where it speaks of something else. */
export const itemKeyOf = ({ path }: Pick<Finding, 'path'>): string | undefined =>
  path?.[0] === 'form' ? path.slice(1).join('.') : undefined;
