import { legalGuardians, nameAt } from './guardian-options.ts';

const father = { position: 2, name: '王建国', isLegalGuardian: true };
const mother = { position: 1, name: '李梅', isLegalGuardian: true };
const aunt = { position: 3, name: '王芳', isLegalGuardian: false };

test('a login is tied to legal guardians alone, as they stand on the form', () =>
  expect(legalGuardians([father, aunt, mother])).toEqual([mother, father]));

test('where guardians are kept back there is nobody to choose, and nobody is named', () => {
  expect(legalGuardians(null)).toEqual([]);
  expect(nameAt(null, 1)).toBeUndefined();
  expect(nameAt([{ ...mother, name: null }], 1)).toBeUndefined();
});

test('who stands on a line of the form is named by it', () =>
  expect(nameAt([father, mother], 2)).toBe('王建国'));
