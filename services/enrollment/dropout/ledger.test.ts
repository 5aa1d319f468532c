import { DropoutState } from '#libs/contracts/vocabulary.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { actsIn, isClosed, type LedgerAct, stateAfter } from './ledger.ts';

const through = (...acts: LedgerAct[]): DropoutState | undefined =>
  acts.reduce<DropoutState | undefined>((state, act) => state && stateAfter(state, act), 'CLUE');

describe('an entry of the dropout ledger', () => {
  test(holds('ENR-60', 'goes from clue over report and persuasion to a return that is watched'), () => {
    expect(through('CONFIRM', 'REPORT', 'PERSUADE', 'PERSUADE', 'ORDER', 'RETURN', 'SETTLE')).toBe(
      'RETURNED',
    );
    expect(through('CLEAR')).toBe('CLEARED');
    expect(through('CONFIRM', 'RETURN', 'CONFIRM')).toBe('PERSUADING');
  });

  test(breaks('ENR-60', 'is not struck off once the dropout is confirmed'), () => {
    for (const state of DropoutState.options.filter((each) => !isClosed(each))) {
      expect([state, stateAfter(state, 'CLEAR')]).toEqual([state, state === 'CLUE' ? 'CLEARED' : undefined]);
    }
  });

  test(breaks('ENR-61', 'no order is asked for before persuasion'), () => {
    expect(through('ORDER')).toBeUndefined();
    expect(through('CONFIRM', 'ORDER')).toBeUndefined();
    expect(through('CONFIRM', 'REPORT', 'ORDER')).toBeUndefined();
  });

  test('that is closed stays closed, and every open one ends with the compulsory years', () => {
    for (const state of DropoutState.options) {
      expect([state, actsIn(state).length === 0]).toEqual([state, isClosed(state)]);
      expect([state, stateAfter(state, 'AGE_OUT')]).toEqual([
        state,
        isClosed(state) ? undefined : 'AGE_ENDED',
      ]);
    }
  });
});
