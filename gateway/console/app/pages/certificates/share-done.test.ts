import { assert, nat, property } from 'fast-check';
import { shareDone } from './share-done.ts';

test('an order is at a hundred per cent when everybody was issued one or left out, and not before', () => {
  assert(
    property(nat(5000), nat(5000), nat(5000), (issued, skipped, left) => {
      const total = issued + skipped + left;
      expect(shareDone({ total, issued, skipped }) === 100).toBe(left === 0);
    }),
  );
});
