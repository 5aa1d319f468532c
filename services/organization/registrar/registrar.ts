import type { AccountState, PostRole } from '#libs/contracts/vocabulary.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';

/** Somebody who answers for the registrations of a unit or school, with the login by which it is done. */
export type Registrar = {
  registrarId: string;
  /** Code of the school or unit. */
  workplace: string;
  isSchool: boolean;
  /** The unit in whose line the workplace stands: the own one, or that of the school. */
  unit: string;
  province: string;
  place: number;
  /** Subject of the access tokens. */
  subject: string;
  roles: PostRole[];
  name: string;
  sealedPhone: Buffer | null;
  isEstablishmentStaff: boolean;
  certificateNo: string | null;
  nominatedAt: Date;
  /** First training on file. */
  trainedOn: IsoDate | null;
  filedWith: string | null;
  filedAt: Date | null;
  activatedAt: Date | null;
  /** First day since when the account could be used without a break. */
  activeFrom: IsoDate | null;
  lastUsedOn: IsoDate | null;
  /** Null for an account that has no password. */
  passwordChangedAt: Date | null;
  passwordExpiredAt: Date | null;
  sealedAt: Date | null;
  suspendedAt: Date | null;
  suspensionReason: string | null;
  replacedAt: Date | null;
  successor: string | null;
  letterNumber: string | null;
  letterDate: IsoDate | null;
  /** Last day of the last calendar week that was looked at. */
  weeksCheckedTo: IsoDate | null;
  yearsCheckedTo: number | null;
  /** What the law has on record about the account since the last look at it. */
  recorded: Finding[];
  nextCheckOn: IsoDate | null;
  version: number;
};

/** Where a registrar stands (W-21). What keeps an account shut is named by what has to be done first. */
export const stateOf = (registrar: Registrar): AccountState => {
  if (registrar.replacedAt !== null) return 'REPLACED';
  if (registrar.activatedAt === null) {
    if (registrar.filedAt !== null) return 'FILED';
    return registrar.trainedOn === null ? 'NOMINATED' : 'TRAINED';
  }
  if (registrar.suspendedAt !== null) return 'SUSPENDED';
  if (registrar.sealedAt !== null) return 'SEALED';
  return registrar.passwordExpiredAt === null ? 'ACTIVE' : 'PASSWORD_DUE';
};

/** True for somebody who handles registrations; training and the rules about it are theirs. */
export const isRegistrar = ({ roles }: Pick<Registrar, 'roles'>): boolean => roles.includes('REGISTRAR');

/** Context under which the telephone is sealed. */
export const phoneContext = (registrarId: string): string => `registrar:${registrarId}`;
