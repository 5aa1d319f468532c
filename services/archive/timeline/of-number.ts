import * as identity from '#libs/contracts/events/identity.ts';
import * as change from '#libs/contracts/events/key-change.ts';
import { type Reader, reader } from './reader.ts';

/** Lines of what identity tells: that there is another number or that something was corrected, and never which or what. */
export const readersOfNumber: readonly Reader[] = [
  reader(identity.TemporaryNumberAssigned, ({ person }) => ({ person, kind: 'NUMBER_ASSIGNED' })),
  reader(identity.PreschoolNumberContinued, ({ person }) => ({ person, kind: 'NUMBER_CONTINUED' })),
  reader(identity.FormalNumberIssued, ({ person }) => ({ person, kind: 'FORMAL_NUMBER_ISSUED' })),
  reader(identity.NumberClosed, ({ person }) => ({ person, kind: 'NUMBER_CLOSED' })),
  reader(change.NumberReissued, ({ person, change: matter }) => ({
    ...{ person, kind: 'NUMBER_REISSUED', matter },
  })),
  reader(change.NumberUpgraded, ({ person, change: matter }) => ({
    ...{ person, kind: 'NUMBER_UPGRADED', matter },
  })),
  reader(change.NumberDeleted, ({ person, deletion: matter }) => ({
    ...{ person, kind: 'NUMBER_DELETED', matter },
  })),
  reader(change.NumberGivenAnew, ({ person, deletion: matter }) => ({
    ...{ person, kind: 'NUMBER_GIVEN_ANEW', matter },
  })),
  reader(change.KeyInfoChanged, ({ person, change: matter }) => ({
    ...{ person, kind: 'KEY_INFORMATION_CHANGED', matter },
  })),
];
