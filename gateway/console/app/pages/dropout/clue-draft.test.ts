import { type ClueDraft, clueOf, pupilClueOf } from './clue-draft.ts';

const draft: ClueDraft = {
  ...{ name: '某儿童', birthDate: '2018-03-01', source: 'SCHOOL', since: '2026-09-01' },
};

test('a child without a registration is described; what is not known is left out', () =>
  expect(clueOf({ ...draft, address: '', guardianName: '某家长', householdCounty: '140105' })).toEqual({
    ...{ source: 'SCHOOL', since: '2026-09-01', householdCounty: '140105' },
    child: { name: '某儿童', birthDate: '2018-03-01', guardianName: '某家长' },
  }));

test.each(['name', 'birthDate', 'source', 'since'] as const)('without %s there is no clue', (part) =>
  expect(clueOf({ ...draft, [part]: undefined })).toBeUndefined(),
);

test('a clue about a pupil names the registration', () => {
  expect(pupilClueOf('a.b', { source: 'SCHOOL' })).toBeUndefined();
  expect(pupilClueOf('a.b', { source: 'SCHOOL', since: '2026-09-01', note: '' })).toEqual({
    ...{ enrollment: 'a.b', source: 'SCHOOL', since: '2026-09-01' },
  });
});
