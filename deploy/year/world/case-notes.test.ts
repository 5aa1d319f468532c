import { type CaseNote, CaseNotes } from './case-notes.ts';
import type { Pupil } from './roster.ts';

const pupil = (key: string): Pupil => ({
  ...{ key, person: key, name: key, school: '1', stage: 'PRIMARY', entryYearAdj: 2022, status: 'IN_SCHOOL' },
  ...{ isDisabled: false, isMigrant: false, days: {} },
});

const note = (of: Pupil, turn: string): CaseNote => ({
  ...{ id: `case of ${of.key}`, version: 3, kind: 'SUSPENSION', pupil: of, effect: {}, turn },
  ...{ handled: true, wasReturned: false },
});

test('cases of pupils whose school goes on in another one wait there, a version later, and no others', () => {
  const [atSchool, atCounty, elsewhere] = [pupil('a'), pupil('b'), pupil('c')];
  const notes = new CaseNotes();
  notes.put(note(atSchool, 'ending'));
  notes.put(note(atCounty, 'county'));
  notes.put(note(elsewhere, 'ending'));
  notes.succeeded([atSchool, atCounty, pupil('without a case')], [['ending', 'standing']]);
  expect(notes.about(atSchool)).toMatchObject({ turn: 'standing', version: 4 });
  expect(notes.about(atCounty)).toMatchObject({ turn: 'county', version: 4 });
  expect(notes.about(elsewhere)).toMatchObject({ turn: 'ending', version: 3 });
  expect(notes.waitingAt(new Set(['standing'])).map(({ pupil: { key } }) => key)).toEqual(['a']);
});
