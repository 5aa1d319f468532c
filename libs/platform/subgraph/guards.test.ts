import { graphql } from 'graphql';
import type { Actor } from '../actor/actor.ts';
import { AppError } from '../errors/errors.ts';
import { buildGuardedSchema } from './schema.ts';

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5",
    import: ["@authenticated", "@requiresScopes", "@shareable"])
  type Query { open: Int, closed: Int @authenticated, ledger: Ledger }
  type Ledger @requiresScopes(scopes: [["ledger:read"]]) { total: Int @shareable, owner: Owner }
  type Owner @authenticated { name: String }
`;
const schema = buildGuardedSchema(sdl, {
  Query: { open: () => 1, closed: () => 2, ledger: () => ({ total: 3, owner: { name: 'N' } }) },
});

const ask = async (source: string, actor: Pick<Actor, 'scopes' | 'roles'> | null) => {
  const { data, errors = [] } = await graphql({ schema, source, contextValue: { actor } });
  return {
    data,
    codes: errors.map(({ originalError }) => originalError instanceof AppError && originalError.code),
  };
};
const somebody = { scopes: new Set<string>(), roles: new Set<never>() };
const reader = { scopes: new Set(['ledger:read']), roles: new Set<never>() };

describe('a subgraph', () => {
  test('answers what is open to nobody', async () => {
    expect(await ask('{ open }', null)).toEqual({ data: { open: 1 }, codes: [] });
  });

  test('refuses a guarded field whoever lets it through', async () => {
    expect(await ask('{ closed }', null)).toEqual({ data: { closed: null }, codes: ['UNAUTHENTICATED'] });
    expect(await ask('{ closed }', somebody)).toEqual({ data: { closed: 2 }, codes: [] });
  });

  test('refuses every field of a guarded type', async () => {
    const source = '{ ledger { total owner { name } } }';
    expect(await ask(source, somebody)).toEqual({
      data: { ledger: { total: null, owner: null } },
      codes: ['UNAUTHORIZED_FIELD_OR_TYPE', 'UNAUTHORIZED_FIELD_OR_TYPE'],
    });
    expect(await ask(source, reader)).toEqual({
      data: { ledger: { total: 3, owner: { name: 'N' } } },
      codes: [],
    });
  });
});
