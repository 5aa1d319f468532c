import type { Directory } from '../directory/directory.ts';
import type { Actor } from './actor.ts';
import type { Tokens } from './tokens.ts';

const authorities: ReadonlySet<Actor['level']> = new Set(['MINISTRY', 'PROVINCE', 'CITY', 'COUNTY']);

/**
 * Tokens whose bearers act for the unit that they name only where it is one of their level: a county's clerk whose claims
 * name a province acts for nobody (PRV-11).
 */
export const withOwnUnit = (tokens: Tokens, directory: Pick<Directory, 'unit'>): Tokens => ({
  actorFrom: async (header) => {
    const actor = await tokens.actorFrom(header);
    if (actor?.unit === undefined || !authorities.has(actor.level)) return actor;
    const unit = await directory.unit(actor.unit);
    return unit === undefined || unit.level === actor.level ? actor : { ...actor, unit: undefined };
  },
});
