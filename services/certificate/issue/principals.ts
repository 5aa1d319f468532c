import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import {
  Principal,
  tellPrincipals,
  tellPrincipalsContext,
} from '#libs/contracts/commands/tell-principals.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Names of the principals of schools that give certificates, by school; nothing of schools that have filed none. */
export const principalsOf = async (
  { bus, sealing }: Pick<ServiceCore, 'bus' | 'sealing'>,
  schools: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (schools.length === 0) return new Map();
  const id = uuidv7();
  const { sealed } = await ask(bus, tellPrincipals, { id, schools: [...schools] });
  const text = sealing.open(Buffer.from(sealed, 'base64'), tellPrincipalsContext(id));
  return new Map(
    z
      .array(Principal)
      .parse(JSON.parse(text))
      .map(({ school, name }) => [school, name]),
  );
};
