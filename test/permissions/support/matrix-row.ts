import type { Claims, Role } from '#libs/platform/actor/claims.ts';

/** What a level may do, in the letters of the capability matrix, by the roles that its people carry. */
export type Row = { capability: string; may: Partial<Record<Claims['level'], readonly Role[]>> };
/** What a token must bring. */
export type Demand = { scopes: readonly string[]; twoFactors?: true };

export const decides: readonly Role[] = ['DECISION_MAKER'];
export const keeps: readonly Role[] = ['REGISTRAR'];
export const works: readonly Role[] = ['REGISTRAR', 'DECISION_MAKER'];

export const read = ['student:read'];
export const enter = ['student:read', 'student:write'];
export const identify = ['student:read', 'student:identity', 'student:write'];
export const decide = ['student:read', 'case:decide'];
