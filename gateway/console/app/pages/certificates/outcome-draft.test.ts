import { uploadOf } from './outcome-draft.ts';

const school = '1401051001';

test('everybody who is chosen goes along with the one outcome; without it, or them, there is nothing to judge', () => {
  expect(uploadOf(school, ['a', 'b'], { outcome: 'GRADUATION', reason: '' })).toEqual({
    school,
    outcomes: [
      { student: 'a', outcome: 'GRADUATION' },
      { student: 'b', outcome: 'GRADUATION' },
    ],
  });
  expect(uploadOf(school, [], { outcome: 'GRADUATION' })).toBeUndefined();
  expect(uploadOf(school, ['a'], {})).toBeUndefined();
});

test('conditions go along once years of school are said; what is not said of them stays unsaid', () =>
  expect(
    uploadOf(school, ['a'], {
      ...{ outcome: 'GRADUATION', schoolYears: 3, earned: 150, required: 144, fitnessPassed: false },
      ...{ passed: '语文、数学', failed: '物理' },
    })?.outcomes[0]?.conditions,
  ).toEqual({
    ...{ schoolYears: 3, curriculumCompleted: null, fitnessPassed: false, qualityMaterialsMeet: null },
    credits: { earned: 150, required: 144 },
    test: [
      { subject: '语文', passed: true },
      { subject: '数学', passed: true },
      { subject: '物理', passed: false },
    ],
  }));
