import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { AccountState, PostRole } from '../vocabulary.ts';

const source = 'organization';
const version = 1;

/**
 * What every event of a registrar carries: whose login it is, where and as what, and the state from then on. A
 * consumer needs the last of them only. Names and telephones stay with organization.
 */
export const AccountFact = z.object({
  registrar: Uuid,
  /** Subject of the access tokens of the login. */
  subject: z.string().min(1).max(200),
  /** Code of the school or unit that the person works for. */
  workplace: z.union([UnitCode, SchoolCode]),
  province: UnitCode,
  roles: z.array(PostRole).min(1),
  state: AccountState,
});
export type AccountFact = z.infer<typeof AccountFact>;

const kind = <Type extends string, Shape extends z.ZodRawShape>(type: Type, summary: string, more: Shape) =>
  defineEvent({ type, source, version, summary, data: AccountFact.extend(more) });

export const RegistrarNominated = kind(
  'RegistrarNominated',
  'Somebody was named as registrar, decision-maker or principal of a unit or school (ACC-01, ORG-07).',
  {},
);
export const TrainingRecorded = kind(
  'TrainingRecorded',
  'A training of a registrar was entered (ACC-02, ACC-03).',
  { trainedOn: Day },
);
export const RegistrarFiled = kind(
  'RegistrarFiled',
  'The next higher authority has received the filing of a registrar (ACC-05).',
  { filedWith: UnitCode },
);
export const AccountActivated = kind('AccountActivated', 'The account of a registrar was opened.', {});
export const PasswordChanged = kind(
  'PasswordChanged',
  'The identity provider has told of a new password (ACC-12).',
  {},
);
export const PasswordExpired = kind(
  'PasswordExpired',
  'A password is past the time in which it is changed (ACC-12).',
  {},
);
export const AccountSealed = kind(
  'AccountSealed',
  'An account was not used for half a year and is sealed (ACC-13).',
  { lastUsedOn: Day },
);
export const AccountUnsealed = kind(
  'AccountUnsealed',
  'The next higher authority has checked the identity and unsealed the account.',
  {},
);
export const AccountSuspended = kind('AccountSuspended', 'An account was suspended by an authority.', {});
export const AccountRestored = kind('AccountRestored', 'A suspended account may be used again.', {});
export const RegistrarReplaced = kind(
  'RegistrarReplaced',
  'A registrar has left the post; the successor, if there is one, begins anew (ACC-06, ACC-08).',
  { successor: Uuid.nullable() },
);
export const WeeklyLoginMissing = kind(
  'WeeklyLoginMissing',
  'An account was not used in a calendar week of term (ACC-10).',
  { weekFrom: Day },
);
export const AnnualTrainingMissing = kind(
  'AnnualTrainingMissing',
  'A registrar was not trained in a calendar year (ACC-03).',
  { year: z.int() },
);

export const registrarEvents = [
  RegistrarNominated,
  TrainingRecorded,
  RegistrarFiled,
  AccountActivated,
  PasswordChanged,
  PasswordExpired,
  AccountSealed,
  AccountUnsealed,
  AccountSuspended,
  AccountRestored,
  RegistrarReplaced,
  WeeklyLoginMissing,
  AnnualTrainingMissing,
] as const;

const Accounts = z.int().min(0);

export const AccountWeekCounted = defineEvent({
  type: 'AccountWeekCounted',
  source,
  version,
  summary:
    'How the accounts of a school or unit were used in a calendar week that is over, in numbers alone (ACC-10, ACC-11, STA-02).',
  data: z.object({
    workplace: z.union([UnitCode, SchoolCode]),
    province: UnitCode,
    place: Place,
    /** Monday of the week. */
    weekFrom: Day,
    /** Accounts that were open when the week ended, sealed and suspended ones among them. */
    accounts: Accounts,
    /** Those of whom a login was asked in this week; the others are exempt. */
    due: Accounts,
    /** Those that logged in. */
    used: Accounts,
    /** Those of whom a login was asked and that made none. */
    missed: Accounts,
    /** Those that had not logged in once by the end of the week. */
    neverUsed: Accounts,
    sealed: Accounts,
  }),
});
