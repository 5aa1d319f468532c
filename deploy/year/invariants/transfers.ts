import { transferNotes } from '../world/transfer-notes.ts';
import type { Invariant } from './invariant.ts';

type Case = {
  id: string;
  person: string;
  state: string;
  started: boolean;
  ended: boolean;
  hasClock: boolean;
};
type Place = { id: string; state: string };
type Move = { id: string; person: string; into: string };

/** Every case that has started and not ended: approved ones move by themselves, all others have a clock each. */
const caseRows = `select c.case_id as id, c.person_id as person, c.state, c.started_at is not null as started,
    c.ended_at is not null as ended,
    c.approved_at is not null or (c.purge_at is not null and exists (select from transfer_step s
      where s.case_id = c.case_id and s.decided_at is null and s.due_on is not null)) as "hasClock"
  from transfer_case c order by 1`;

const doubled = (ids: readonly string[]): number => ids.length - new Set(ids).size;

/**
 * Transfers as the year knows them: one started case of a child, a clock for each, a place for each and for none that has
 * ended, and a registration that has moved where a case says so and nowhere else.
 */
export const transfers: Invariant = async (world) => {
  const { registry } = world.shared;
  const cases = await registry.rows<Case>('transfer', caseRows);
  const places = await registry.rows<Place>(
    'enrollment',
    'select transfer_id as id, state from place_reservation order by 1',
  );
  const moves = await registry.rows<Move>(
    'enrollment',
    'select transfer_id as id, person_id as person, into_school as into from transfer_move order by moved_at, 1',
  );
  const running = cases.filter(({ started, ended }) => started && !ended);
  const withPlace = new Map(places.map(({ id, state }) => [id, state]));
  const known = new Set(transferNotes(world).map(({ id }) => id));
  const told = (count: number, sentence: string): string[] => (count === 0 ? [] : [`${count} ${sentence}`]);
  return [
    ...told(doubled(running.map(({ person }) => person)), 'children have more than one started transfer'),
    ...told(running.filter(({ hasClock }) => !hasClock).length, 'started transfers have no clock'),
    ...told(
      running.filter(({ id }) => withPlace.get(id) !== 'HELD').length,
      'started transfers hold no place at the receiving school',
    ),
    ...told(
      places.filter(({ id, state }) => state === 'HELD' && !running.some((each) => each.id === id)).length,
      'places are held for transfers that have ended or not begun',
    ),
    ...told(
      cases.filter(({ id, state }) => (state === 'HANDED_OVER') !== moves.some((move) => move.id === id))
        .length,
      'transfers say otherwise than the registers whether a registration has moved',
    ),
    ...told(
      cases.filter(({ id, ended }) => !ended && !known.has(id)).length,
      'transfers run that nobody of the year was told of',
    ),
  ];
};
