import type { AccountFact } from '#libs/contracts/events/registrar.ts';
import { AppError, type ErrorCode } from '../errors/errors.ts';
import type { Actor } from './actor.ts';
import type { Role } from './claims.ts';

/** Roles that a unit files; others (class teachers, guardians, integrators) are no concern of the register of accounts. */
const filed: ReadonlySet<Role> = new Set<Role>(['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL']);

const refusals = {
  SEALED: [
    'ACCOUNT_SEALED',
    '账号半年以上未使用，已封存。请由上一级教育行政部门核实身份后解封。 The account is sealed after half a year without use: the next higher authority unseals it.',
  ],
  SUSPENDED: [
    'ACCOUNT_SUSPENDED',
    '账号已暂停使用。请与上一级教育行政部门联系。 The account is suspended: turn to the next higher authority.',
  ],
  PASSWORD_DUE: [
    'PASSWORD_EXPIRED',
    '密码已超过更改期限。请先在登录系统中更改密码。 The password is past its time: change it where you sign in.',
  ],
  REPLACED: [
    'ACCOUNT_NOT_OPEN',
    '该人员已不再担任本单位学籍管理工作，账号已停用。 The post has passed to somebody else and the account is closed.',
  ],
  NOT_OPEN: [
    'ACCOUNT_NOT_OPEN',
    '账号尚未开通：须先培训、备案，再由上一级教育行政部门开通。 The account is not open yet: training and filing come first.',
  ],
} as const satisfies Record<string, readonly [ErrorCode, string]>;

const refused = ([code, message]: readonly [ErrorCode, string]): AppError => new AppError(code, message);

/**
 * Whoever signs in with a filed account, as the account lets them: a sealed, suspended or closed one and one whose
 * password is due are refused with what to do (ACC-12, ACC-13); of the roles that units file, those that the account
 * does not have fall away (ACC-18). A login without an account at the place that its token names stays as it is.
 */
export const admitted = (actor: Actor, account: AccountFact | undefined): Actor => {
  if (account === undefined) return actor;
  switch (account.state) {
    case 'ACTIVE':
      return withRolesOf(actor, account);
    case 'SEALED':
    case 'SUSPENDED':
    case 'PASSWORD_DUE':
      throw refused(refusals[account.state]);
    case 'REPLACED':
      if (![...actor.roles].some((role) => filed.has(role))) return actor;
      throw refused(refusals.REPLACED);
    case 'NOMINATED':
    case 'TRAINED':
    case 'FILED':
      if (![...actor.roles].some((role) => filed.has(role))) return actor;
      throw refused(refusals.NOT_OPEN);
  }
};

const withRolesOf = (actor: Actor, { roles }: AccountFact): Actor => {
  const granted: ReadonlySet<Role> = new Set(roles);
  return {
    ...actor,
    roles: new Set([...actor.roles].filter((role) => !filed.has(role) || granted.has(role))),
  };
};
