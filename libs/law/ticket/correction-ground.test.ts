import { type CorrectionByTicket, correctionGroundOf, judgeCorrectionByTicket } from './correction-ground.ts';
import type { TicketState } from './course.ts';

describe('a ticket gives ground to order correction', () => {
  const slip = (missed: boolean, returned: boolean) =>
    correctionGroundOf({ kind: 'SUPERVISION', missed, returned });
  const root = (state: TicketState, bySystem = false) =>
    correctionGroundOf({ kind: 'ROOT', state, bySystem });

  it('by a supervision slip that was missed or sent back, and by no verification slip', () => {
    expect([slip(true, false), slip(true, true)]).toEqual(['SLIP_MISSED', 'SLIP_MISSED']);
    expect([slip(false, true), slip(false, false)]).toEqual(['SLIP_UNSATISFACTORY', undefined]);
    expect(correctionGroundOf({ kind: 'VERIFICATION' })).toBeUndefined();
  });

  it('by a complaint once it has been looked into, and by a late step at once', () => {
    for (const state of ['VERIFIED', 'HANDLED', 'CLOSED'] as const)
      expect(root(state)).toBe('COMPLAINT_FOUND_TRUE');
    for (const state of ['RECEIVED', 'VERIFICATION_ASSIGNED', 'SUPERVISION_ISSUED', 'MERGED'] as const)
      expect(root(state)).toBeUndefined();
    expect(root('RECEIVED', true)).toBe('LATE_STEP');
  });
});

describe('an order to correct because of a ticket', () => {
  const place = { province: '140000' } as Parameters<typeof judgeCorrectionByTicket>[2];
  const facts: CorrectionByTicket = {
    ...({ department: 'ADMINISTRATIVE', ground: 'SLIP_MISSED', isParty: true, field: 'school' } as const),
  };
  const judged = (more: Partial<Parameters<typeof judgeCorrectionByTicket>[0]>) =>
    judgeCorrectionByTicket({ ...facts, ...more }, '2026-09-02', place).map(
      ({ ruleId, code, path }) => `${ruleId} ${code} ${path?.join('.')}`,
    );

  it('is the administrative department’s, with a ground, against whom the ticket is about', () => {
    expect(judged({})).toEqual([]);
    expect(judged({ department: null, ground: null, isParty: false, field: 'unit' })).toEqual([
      'TKT-08 ISSUER_MUST_BE_ADMINISTRATIVE ticket',
      'ORG-23 NO_GROUND_TO_CORRECT ticket',
      'ORG-23 NOT_PARTY_TO_TICKET unit',
    ]);
  });
});
