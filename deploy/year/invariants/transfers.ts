import { transferNotes } from '../transfers/notes.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

type Case = {
  id: string;
  person: string;
  state: string;
  isStudy: boolean;
  isStarted: boolean;
  isEnded: boolean;
  /** Ends that were told of it. */
  ends: number;
  /** Open steps with a day on which they are due. */
  due: number;
  /** Somebody still may call up the file until a day. */
  isAwaited: boolean;
  /** It will be purged, or discarded, on a day. */
  isPurged: boolean;
};
type Place = { id: string; state: string };
type Move = { id: string };

const caseRows = `select c.case_id as id, c.person_id as person, c.state, c.kind = 'CROSS_PROVINCE_STUDY' as "isStudy",
    c.started_at is not null as "isStarted", c.ended_at is not null as "isEnded", c.purge_at is not null as "isPurged",
    (select count(*)::int from event_log e where e.aggregate_id = 'transfer:' || c.case_id and e.type in
      ('TransferCompleted', 'TransferRejected', 'TransferWithdrawn', 'TransferPurged', 'TransferAutoCancelled',
       'TransferDiscarded')) as ends,
    (select count(*)::int from transfer_step s where s.case_id = c.case_id and s.decided_at is null
      and s.due_on is not null) as due,
    exists (select from transfer_call_up u where u.case_id = c.case_id and u.called_up_at is null
      and u.due_on is not null) as "isAwaited"
  from transfer_case c order by 1`;

const doubled = (ids: readonly string[]): number => ids.length - new Set(ids).size;
const told = (count: number, sentence: string): string[] => (count === 0 ? [] : [`${count} ${sentence}`]);

/** Who must do something about a case that has not ended: a party in time, or the receiving school that awaits the pupil. */
const isDue = ({ state, due, isAwaited, isPurged }: Case): boolean =>
  state === 'AWAIT_REPORTING' ? isAwaited : due > 0 && isPurged;

/**
 * Transfers as the year knows them: one started case of a child; each with one end, or with somebody who is due; a place for
 * each that has started and for none that has ended, but for graduates, who come by a plan; and a registration that has moved
 * where a case says so and nowhere else.
 */
export const transfers: Invariant = async (world) => {
  const { registry } = world.shared;
  const cases = await registry.rows<Case>('transfer', caseRows);
  const places = await registry.rows<Place>(
    'enrollment',
    'select transfer_id as id, state from place_reservation order by 1',
  );
  const moves = await registry.rows<Move>('enrollment', 'select transfer_id as id from transfer_move');
  return [...courses(cases), ...placesHeld(cases, places), ...moved(cases, moves), ...unknown(world, cases)];
};

const courses = (cases: readonly Case[]): string[] => {
  const running = cases.filter(({ isStarted, isEnded }) => isStarted && !isEnded);
  return [
    ...told(doubled(running.map(({ person }) => person)), 'children have more than one started transfer'),
    ...told(
      cases.filter((each) => !each.isEnded && !isDue(each)).length,
      'transfers run and nobody has to do anything about them',
    ),
    ...told(
      cases.filter(({ isEnded, ends }) => ends !== (isEnded ? 1 : 0)).length,
      'transfers have more or fewer ends than one, or an end before it',
    ),
  ];
};

const placesHeld = (cases: readonly Case[], places: readonly Place[]): string[] => {
  const running = cases.filter(({ isStarted, isEnded, isStudy }) => isStarted && !isEnded && !isStudy);
  const withPlace = new Map(places.map(({ id, state }) => [id, state]));
  const ids = new Set(running.map(({ id }) => id));
  return [
    ...told(
      running.filter(({ id }) => withPlace.get(id) !== 'HELD').length,
      'started transfers hold no place at the receiving school',
    ),
    ...told(
      places.filter(({ id, state }) => state === 'HELD' && !ids.has(id)).length,
      'places are held for transfers that have ended or not begun',
    ),
  ];
};

const moved = (cases: readonly Case[], moves: readonly Move[]): string[] => {
  const ids = new Set(moves.map(({ id }) => id));
  return told(
    cases.filter(({ id, state }) => (state === 'HANDED_OVER') !== ids.has(id)).length,
    'transfers say otherwise than the registers whether a registration has moved',
  );
};

const unknown = (world: World, cases: readonly Case[]): string[] => {
  const known = new Set(transferNotes(world).map(({ id }) => id));
  return told(
    cases.filter(({ id, isEnded }) => !isEnded && !known.has(id)).length,
    'transfers run that nobody of the year was told of',
  );
};
