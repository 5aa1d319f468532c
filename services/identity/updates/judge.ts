import type { CollectionFormFacts } from '#libs/law/enrollment/collection-form.ts';
import { judgeResidencePermit } from '#libs/law/enrollment/registration.ts';
import { judgeRequiredItems } from '#libs/law/enrollment/required-items.ts';
import { judgePlacement } from '#libs/law/enrollment/special-education.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { judgeDataQuality } from '#libs/law/identity/data-quality.ts';
import { basicGroup, judgeFields, type NonBasicField } from '#libs/law/identity/field-dictionary.ts';
import { judgeInformationChange } from '#libs/law/identity/information-change.ts';
import { judgeKeyFields, judgeProposer, type Proposer } from '#libs/law/identity/information-proposal.ts';
import type { HeldPerson } from '../person/held-person.ts';
import { personAfter } from './next-person.ts';
import { disabilityProofsAmong, type PaperKind } from './paper-kinds.ts';
import { guardianOf, type Items, lawField, REMOVED } from './proposal.ts';

/** A change as the law looks at it. */
export type ProposalFacts = {
  held: HeldPerson;
  items: Items;
  /** Key information that would change: it goes its own way, told of here (W-07). */
  keyFields: readonly string[];
  by: Proposer;
  /** Papers whose copies are on file. */
  papers: readonly PaperKind[];
  assessed: boolean;
  provincialFields: readonly NonBasicField[];
  /** Items of other changes of the child that still run. */
  running: readonly string[];
};

const disability = ['isDisabled', 'disabilityType', 'disabilityLevel', 'placementMode'];
const permit = ['hasResidencePermit', 'residencePermitIssuer', 'residencePermitIssueDate'];
const provincial = 'provincial.';

/** The dictionary's name of an item: a province's own field by its name, unless it takes the name of a basic one. */
const dictionaryNameOf = (item: string): string => {
  if (guardianOf(item) !== undefined) return 'guardians';
  const name = item.startsWith(provincial) ? item.slice(provincial.length) : item;
  return name !== item && basicGroup(name) !== undefined ? item : name;
};

const formOf = ({ profile, guardians, ...held }: HeldPerson): CollectionFormFacts => ({
  ...held,
  ...profile,
  nationalityOrRegion: held.nationality,
  idDocumentType: held.document.type,
  idDocumentNumber: held.document.number,
  guardians,
});

/** A finding about the form speaks of the items of this change. */
const aboutChange = ({ path, ...said }: Finding): Finding => ({
  ...said,
  ...(path && { path: path[0] === 'form' ? ['changes', ...path.slice(1)] : path }),
});

/** Items of the form that a change leaves empty, as far as it touches them. */
const emptied = (after: HeldPerson, items: readonly string[], on: string, place: LawPlace): Finding[] =>
  judgeRequiredItems(formOf(after), on, place).filter(({ path = [] }) =>
    path[1] === 'guardians'
      ? items.some((item) => guardianOf(item) !== undefined)
      : items.includes(path[1] ?? ''),
  );

const alreadyRunning = (items: readonly string[], on: string, place: LawPlace): Finding[] =>
  items.map((item) =>
    finding('ENR-67', {
      code: 'INFO_UPDATE_ALREADY_RUNNING',
      outcome: 'REJECT',
      message: '该项信息已有正在办理的更新，须先办结或撤回。',
      messageEn: 'Another change of this item is running.',
      path: ['changes', item],
      remedy: '请先办结或撤回正在办理的更新。',
      ownerLevel: 'SCHOOL',
      on,
      place,
    }),
  );

/**
 * Everything the law says of a change of information, under the rules of a day: what may be collected at all (ID-20),
 * what is key information (ID-13), who may alter what (ID-24, ID-33), the papers (ID-14, ID-15, ID-26), and what the
 * whole would look like (ID-23, ID-25, ENR-20, ID-30).
 */
export const judgeProposal = (facts: ProposalFacts, on: string, place: LawPlace): Finding[] => {
  const items = Object.keys(facts.items);
  const fields = items.map(lawField);
  const after = personAfter(facts.held, facts.items);
  const touches = (names: readonly string[]) => items.some((item) => names.includes(item));
  const dictionary = [...new Set(items.map(dictionaryNameOf))];
  const aboutKeys = [
    ...judgeKeyFields(facts.keyFields, on, place),
    ...judgeProposer({ by: facts.by, fields: facts.keyFields }, on, place),
  ];
  if (items.length === 0) return aboutKeys;
  return [
    ...aboutKeys,
    ...judgeFields(dictionary, facts.provincialFields, on, place),
    ...judgeProposer({ by: facts.by, fields }, on, place),
    ...judgeInformationChange(
      { fields, channel: facts.by === 'GUARDIAN' ? 'MOBILE' : 'SCHOOL', proofs: facts.papers },
      on,
      place,
    ),
    ...emptied(after, items, on, place),
    ...(touches(permit) ? judgeResidencePermit(formOf(after), on, place) : []),
    ...(touches(disability)
      ? judgePlacement(
          {
            isDisabled: after.profile.isDisabled,
            placementMode: placementOf(after.profile.placementMode),
            assessedByExpertCommittee: facts.assessed,
            proofs: disabilityProofsAmong(facts.papers),
          },
          on,
          place,
        )
      : []),
    ...judgeDataQuality(qualityOf(after), on, place),
    ...alreadyRunning(
      items.filter((item) => facts.running.some((other) => collides(item, other))),
      on,
      place,
    ),
  ].map(aboutChange);
};

/** Two changes want the same item, or one takes away the line that the other changes. */
const collides = (item: string, other: string): boolean => {
  const [one, two] = [guardianOf(item), guardianOf(other)];
  if (one === undefined || two === undefined) return item === other;
  return one.position === two.position && (item === other || [one.item, two.item].includes(REMOVED));
};

const qualityOf = ({ birthDate, profile, guardians }: HeldPerson) => ({
  ...profile,
  birthDate,
  disabilityLevel: profile.disabilityLevel ?? null,
  guardians,
});

const placementOf = (mode: string | null) =>
  mode === 'SPECIAL_SCHOOL' || mode === 'INCLUSIVE' || mode === 'HOME_TEACHING' ? mode : null;

/** What a guardian has still to bring holds nothing up: the school takes the copies when it looks at the papers (ID-14). */
export const withPapersToCome = (findings: readonly Finding[]): Finding[] =>
  findings.map((each) => (awaitsPapers(each) ? { ...each, outcome: 'WARN' } : each));

const awaitsPapers = ({ ruleId, code }: Finding): boolean =>
  (ruleId === 'ID-14' && code === 'BASIC_INFO_PROOF_MISSING') || ruleId === 'ID-26';

export const isRefused = (findings: readonly Finding[]): boolean =>
  findings.some(({ outcome }) => outcome === 'REJECT');
