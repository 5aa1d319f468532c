import type { World } from '../world/world.ts';
import { callUps } from './call-ups.ts';
import { certificates } from './certificates.ts';
import { children } from './children.ts';
import { clocks } from './clocks.ts';
import { counts } from './counts.ts';
import { duties } from './duties.ts';
import { events } from './events.ts';
import { identities } from './identities.ts';
import type { Invariant } from './invariant.ts';
import { mergers } from './mergers.ts';
import { numbers } from './numbers.ts';
import { paths } from './paths.ts';
import { problems } from './problems.ts';
import { projections } from './projections.ts';
import { registers } from './registers.ts';
import { strangers } from './strangers.ts';
import { termChecks } from './term-checks.ts';
import { ticketStatistics } from './ticket-statistics.ts';
import { tickets } from './tickets.ts';
import { timeliness } from './timeliness.ts';
import { transfers } from './transfers.ts';

const invariants: Readonly<Record<string, Invariant>> = {
  registers,
  children,
  numbers,
  events,
  projections,
  counts,
  clocks,
  identities,
  problems,
  mergers,
  duties,
  termChecks,
  transfers,
  callUps,
  timeliness,
  tickets,
  ticketStatistics,
  certificates,
  paths,
  strangers,
};

/** Checks everything that must hold at the end of a month, and notes how many pupils are in school. */
export const examine = async (
  world: World,
  spend: <T>(what: string, work: () => Promise<T>) => Promise<T>,
): Promise<void> => {
  for (const [name, invariant] of Object.entries(invariants)) {
    for (const sentence of await spend(`examiner: ${name}`, () => invariant(world)))
      world.tally.violated(sentence);
  }
  world.tally.students(world.roster.all().filter(({ status }) => status === 'IN_SCHOOL').length);
};
