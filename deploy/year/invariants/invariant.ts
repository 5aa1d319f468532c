import type { World } from '../world/world.ts';

/** Something that must hold at the end of every month; what does not is told in a sentence each, without personal data. */
export type Invariant = (world: World) => Promise<string[]>;
