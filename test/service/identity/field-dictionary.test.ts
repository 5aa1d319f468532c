import { readFileSync } from 'node:fs';
import { type InputObjectTypeDefinitionNode, Kind, parse } from 'graphql';
import { PersonForm, ProfileFacts } from '#libs/contracts/person-form.ts';
import { basicGroup, judgeFields } from '#libs/law/identity/field-dictionary.ts';
import { BEIGUAN, SHANXI } from '#libs/law/testing/places.ts';
import { CollectedForm } from '#services/enrollment/registration/collected-form.ts';
import { breaks, holds } from '#test/support/rules.ts';

/** What is collected of a child at all: the ministry's dictionary, on every way in. */
const ON = '2026-09-01';

/** Said of the papers that come with a form, and not kept among the child's data. */
const aboutPapers = new Set(['assessedByExpertCommittee', 'disabilityProofs']);
/** Items of the form that stand for a basic field under another name. */
const sameField: Readonly<Record<string, string>> = { nationality: 'nationalityOrRegion' };

const schema = readFileSync(new URL('../../../services/enrollment/schema.graphql', import.meta.url), 'utf8');
const form = parse(schema).definitions.find(
  (node): node is InputObjectTypeDefinitionNode =>
    node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && node.name.value === 'CollectionForm',
);

const ways: Record<string, string[]> = {
  'the form of the graph': (form?.fields ?? []).map((field) => field.name.value),
  'the form to which a row of a workbook is read': Object.keys(CollectedForm.shape),
  'what identity keeps of a person': [
    ...Object.keys(PersonForm.shape),
    ...Object.keys(ProfileFacts.shape),
  ].filter((name) => name !== 'profile'),
};

const collected = (names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => !aboutPapers.has(name)).map((name) => sameField[name] ?? name);

describe.each(Object.entries(ways))('%s', (_, names) => {
  test(holds('ID-20', 'holds fields of the national dictionary and no other'), () => {
    expect(names.length).toBeGreaterThan(10);
    for (const place of [SHANXI, BEIGUAN]) expect(judgeFields(collected(names), [], ON, place)).toEqual([]);
  });

  test(holds('ID-21', 'holds fields that each belong to one of the three groups'), () => {
    for (const name of collected(names)) {
      expect([name, basicGroup(name)]).toEqual([
        name,
        expect.stringMatching(/^(?:RESIDENT_IDENTITY|SCHOOL_IDENTITY|OTHER_NECESSARY)$/),
      ]);
    }
  });

  test(breaks('ID-20', 'could not hold one more without its being told'), () => {
    expect(judgeFields([...collected(names), 'parentsIncome'], [], ON, SHANXI)).toMatchObject([
      { ruleId: 'ID-20', outcome: 'REJECT', path: ['parentsIncome'] },
    ]);
  });
});
