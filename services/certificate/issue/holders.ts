import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Holder, tellHolders, tellHoldersContext } from '#libs/contracts/commands/tell-holders.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** What identity tells of these persons for their papers, by person; nothing of those who are nobody. */
export const holdersOf = async (
  { bus, sealing }: Pick<ServiceCore, 'bus' | 'sealing'>,
  persons: readonly string[],
): Promise<ReadonlyMap<string, Holder>> => {
  if (persons.length === 0) return new Map();
  const id = uuidv7();
  const { sealed } = await ask(bus, tellHolders, { id, persons: [...persons] });
  const text = sealing.open(Buffer.from(sealed, 'base64'), tellHoldersContext(id));
  return new Map(
    z
      .array(Holder)
      .parse(JSON.parse(text))
      .map((holder) => [holder.person, holder]),
  );
};
