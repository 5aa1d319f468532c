import type { Desk } from './desks.ts';
import type { Order, World } from './world.ts';

/** What may be said of an order beside what it is. */
export type Remarks = Partial<Pick<Order, 'expects' | 'allows' | 'countsAs' | 'isVolatile'>>;

/**
 * How an actor sends the orders about one kind of thing: each has an input of its own name and gives back the thing, as
 * the field `thing` of its payload; null where it was refused.
 */
export const sendsAbout =
  <Thing>(thing: string, selected: string) =>
  async (
    world: World,
    as: Desk,
    does: string,
    input: Record<string, unknown>,
    remarks: Remarks = {},
  ): Promise<Thing | null> => {
    const type = `${does.charAt(0).toUpperCase()}${does.slice(1)}Input`;
    const gives = `${thing} { ${selected} }`;
    const payload = await world.order<Record<string, Thing | null>>({
      ...{ as, does, type, gives, input },
      ...remarks,
    });
    return payload?.[thing] ?? null;
  };
