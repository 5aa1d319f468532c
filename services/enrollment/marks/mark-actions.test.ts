import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { markActionsOn } from './mark-actions.ts';

const school = { code: '1401051001', authority: '140105' } as unknown as SchoolFact;
const registrar = {
  ...{ level: 'SCHOOL', roles: new Set(['REGISTRAR']), school: '1401051001' },
  scopes: new Set(['student:read', 'student:write']),
} as unknown as Actor;
const head = {
  ...{ level: 'COUNTY', roles: new Set(['DECISION_MAKER']), unit: '140105' },
  ...{ scopes: new Set(['student:read', 'student:write', 'student:decide']), twoFactors: true },
} as unknown as Actor;
const pupil: Parameters<typeof markActionsOn>[0] = {
  ...{ active: true, status: 'IN_SCHOOL', stage: 'PRIMARY', school: '1401051001', awayReason: null },
  ...{ atSpecializedSchool: false, dropoutMark: false, infoDueOn: null, infoConfirmedOn: null },
};

test('the registrar of the own school enters contacts, absences, stays elsewhere and clues', () =>
  expect(markActionsOn(pupil, registrar, school)).toEqual([
    ...['LOG_CONTACT', 'REPORT_AWAY', 'ENTER_SPECIALIZED_SCHOOL', 'OPEN_CLUE'],
  ]));

test('a mark is taken away where it stands, and a clue is not opened twice', () =>
  expect(
    markActionsOn(
      { ...pupil, awayReason: 'MISSING', atSpecializedSchool: true, dropoutMark: true },
      registrar,
      school,
    ),
  ).toEqual(['LOG_CONTACT', 'CLEAR_AWAY', 'PROPOSE_RETURN_GRADE']));

test('basic information is confirmed once, where it is asked for (ENR-68)', () => {
  const asked = { ...pupil, infoDueOn: '2026-10-02' };
  expect(markActionsOn(asked, registrar, school)).toContain('CONFIRM_INFO');
  expect(markActionsOn({ ...asked, infoConfirmedOn: '2026-09-20' }, registrar, school)).not.toContain(
    'CONFIRM_INFO',
  );
});

test('the ledger follows compulsory education alone (ENR-60)', () =>
  expect(markActionsOn({ ...pupil, stage: 'SENIOR' }, registrar, school)).not.toContain('OPEN_CLUE'));

test.each([
  ['another school’s registrar', { ...registrar, school: '1401051002' } as Actor],
  ['another county’s head', { ...head, unit: '140106' } as Actor],
])('%s is offered nothing, even where a mark stands', (_, actor) =>
  expect(markActionsOn({ ...pupil, atSpecializedSchool: true }, actor, school)).toEqual([]),
);

test('what is over has no entries', () =>
  expect(markActionsOn({ ...pupil, active: false }, registrar, school)).toEqual([]));
