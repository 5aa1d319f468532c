import type { Claims, Role } from './claims.ts';

/** Who acts: taken from the token by each service itself, never from another service's word. */
export type Actor = {
  subject: string;
  name: string;
  level: Claims['level'];
  /** Code of the unit (authority) the actor belongs to; a school's people carry `school` instead. */
  unit?: string;
  school?: string;
  /** Code of the township or sub-district, where the actor acts for one. */
  township?: string;
  department?: 'ADMINISTRATIVE' | 'TECHNICAL';
  roles: ReadonlySet<Role>;
  scopes: ReadonlySet<string>;
  /** How strong the sign-in was. */
  assurance: 'ONE_FACTOR' | 'TWO_FACTORS';
};

/** The actor of a token's claims; `twoFactors` are the values of `acr` by which the issuer says so. */
export const actorOf = (claims: Claims, twoFactors: readonly string[] = []): Actor => ({
  subject: claims.sub,
  name: claims.name,
  level: claims.level,
  unit: claims.unit,
  school: claims.school,
  township: claims.township,
  department: claims.department,
  roles: new Set(claims.roles),
  scopes: new Set(claims.scope.split(' ').filter((scope) => scope !== '')),
  assurance: twoFactors.includes(claims.acr) ? 'TWO_FACTORS' : 'ONE_FACTOR',
});

/** Code of the school or unit for which somebody acts; empty, which is nobody's code, where it is neither. */
export const unitOf = ({ school, unit }: Pick<Actor, 'school' | 'unit'>): string => school ?? unit ?? '';
