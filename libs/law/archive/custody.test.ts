import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import {
  type Custodian,
  type Custody,
  type CustodyEvent,
  custodyAfter,
  custodyState,
  openedAt,
} from './custody.ts';

const school = (code: string): Custodian => ({ kind: 'SCHOOL', code });
const authority: Custodian = { kind: 'AUTHORITY', code: '140105' };

/** The custody after events that must all be possible. */
const lived = (...events: CustodyEvent[]): Custody =>
  events.reduce<Custody>((custody, event) => {
    const next = custodyAfter(custody, event);
    if (!next) throw new Error(`${event.type} cannot happen`);
    return next;
  }, openedAt('A'));

const OWED: CustodyEvent = { type: 'OWE', to: school('B') };
const PASSED: CustodyEvent = { type: 'PASS_ON', by: 'A', backedUp: true };
const ACCEPTED: CustodyEvent = { type: 'ACCEPT', by: 'B' };

describe('the custody of an archive', () => {
  it(holds('ARC-08', 'follows the registration: owed, on its way, with the receiving school'), () => {
    expect(custodyState(lived())).toBe('KEPT');
    expect(custodyState(lived(OWED))).toBe('OWED');
    expect(custodyState(lived(OWED, PASSED))).toBe('ON_ITS_WAY');
    expect(lived(OWED, PASSED, ACCEPTED)).toEqual({ ...openedAt('B'), copies: ['A'] });
  });

  it(breaks('ARC-08', 'stays with the sending school while the other has not accepted'), () => {
    expect(lived(OWED, PASSED).custodian).toEqual(school('A'));
    expect(lived(OWED, PASSED, { type: 'SEND_BACK', by: 'B' }).custodian).toEqual(school('A'));
    expect(custodyAfter(lived(OWED), ACCEPTED)).toBeUndefined();
    expect(custodyAfter(lived(OWED, PASSED), { type: 'ACCEPT', by: 'C' })).toBeUndefined();
    expect(custodyAfter(lived(), PASSED)).toBeUndefined();
  });

  it(holds('ARC-09', 'leaves a copy at each school that passed it on'), () => {
    const twice = lived(OWED, PASSED, ACCEPTED, { type: 'OWE', to: school('C') });
    const on = custodyAfter(twice, { type: 'PASS_ON', by: 'B', backedUp: true });
    expect(on && custodyAfter(on, { type: 'ACCEPT', by: 'C' })?.copies).toEqual(['A', 'B']);
  });

  it(breaks('ARC-09', 'is not passed on without a backup'), () => {
    expect(custodyAfter(lived(OWED), { ...PASSED, backedUp: false })).toBeUndefined();
  });

  it('goes straight to the last school when the student moves again before it was passed on', () => {
    const again = lived(OWED, PASSED, { type: 'OWE', to: school('C') });
    expect(again).toMatchObject({ custodian: school('A'), owedTo: school('C'), passedOn: false });
    expect(lived(OWED, { type: 'OWE', to: school('A') }).owedTo).toBeNull();
    expect(lived(OWED, PASSED, OWED).passedOn).toBe(true);
  });

  it('goes up to the authority for a student abroad and comes back to the receiving school', () => {
    const up = lived({ type: 'OWE', to: authority }, PASSED, { type: 'ACCEPT', by: authority.code });
    expect(custodyState(up)).toBe('WITH_AUTHORITY');
    expect(up.copies).toEqual(['A']);
    const back = [
      { type: 'OWE', to: school('A') },
      { type: 'PASS_ON', by: authority.code, backedUp: true },
      { type: 'ACCEPT', by: 'A' },
    ] as const;
    const returned = back.reduce<Custody | undefined>((each, event) => each && custodyAfter(each, event), up);
    expect(returned).toMatchObject({ custodian: school('A'), copies: [authority.code] });
  });

  it('passes whole to whoever takes the place of a school', () => {
    const merged: CustodyEvent = { type: 'SUCCEED', from: 'A', into: school('M') };
    expect(lived(merged).custodian).toEqual(school('M'));
    expect(lived(OWED, PASSED, ACCEPTED, merged).copies).toEqual(['M']);
    expect(lived(OWED, PASSED, { type: 'SUCCEED', from: 'B', into: school('M') }).owedTo).toEqual(
      school('M'),
    );
    expect(lived(OWED, { type: 'SUCCEED', from: 'A', into: school('B') })).toEqual(openedAt('B'));
    const closed: CustodyEvent = { type: 'SUCCEED', from: 'A', into: { kind: 'DESIGNATED_UNIT', code: 'U' } };
    expect(custodyState(lived(closed))).toBe('WITH_DESIGNATED_UNIT');
  });

  it('is filed for ever at the last school and taken up again when studies go on', () => {
    expect(custodyState(lived({ type: 'FILE' }))).toBe('FILED');
    expect(custodyState(lived({ type: 'FILE' }, { type: 'TAKE_UP' }))).toBe('KEPT');
    expect(custodyState(lived({ type: 'FILE' }, OWED))).toBe('OWED');
  });

  it('is with exactly one unit at every moment of every life, and copies are never with it', () => {
    const code = fc.constantFrom('A', 'B', 'C', 'D');
    const unit = fc.record({
      kind: fc.constantFrom('SCHOOL' as const, 'AUTHORITY' as const, 'DESIGNATED_UNIT' as const),
      code,
    });
    const event: fc.Arbitrary<CustodyEvent> = fc.oneof(
      fc.record({ type: fc.constant('OWE' as const), to: unit }),
      fc.record({ type: fc.constant('PASS_ON' as const), by: code, backedUp: fc.boolean() }),
      fc.record({ type: fc.constantFrom('ACCEPT' as const, 'SEND_BACK' as const), by: code }),
      fc.record({ type: fc.constant('SUCCEED' as const), from: code, into: unit }),
      fc.record({ type: fc.constantFrom('FILE' as const, 'TAKE_UP' as const) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let custody = openedAt('A');
        for (const each of events) {
          const next = custodyAfter(custody, each);
          if (!next) continue;
          expect(next.custodian.code).not.toBe('');
          expect(next.owedTo?.code).not.toBe(next.custodian.code);
          expect(next.copies).not.toContain(next.custodian.code);
          if (next.passedOn) expect(next.owedTo).not.toBeNull();
          const moved = next.custodian.code !== custody.custodian.code;
          if (moved) expect(['ACCEPT', 'SUCCEED']).toContain(each.type);
          if (moved && each.type === 'ACCEPT') expect(next.copies).toContain(custody.custodian.code);
          custody = next;
        }
      }),
    );
  });
});
