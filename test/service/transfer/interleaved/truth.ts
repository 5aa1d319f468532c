import { CHILDREN, type Child, type Ground } from './ground.ts';

type Case = {
  id: string;
  person: string;
  state: string;
  started: boolean;
  ended: boolean;
  releases: boolean;
  source: string;
  /** What stands against it, where the system ended it. */
  refusals: number;
  told: string[];
};
type Step = { id: string; decision: string | null; handled: string | null; decided: string | null };
type Registration = { person: string; active: boolean; status: string; school: string; class: string | null };
type Place = { id: string; school: string; state: string };
type Move = { id: string; person: string; into: string };
type SchoolClass = { id: string; school: string; size: number; capacity: number };

/** Everything that is true at one moment, of both services together. */
export type Truth = {
  cases: Case[];
  steps: Step[];
  registrations: Registration[];
  places: Place[];
  moves: Move[];
  classes: SchoolClass[];
  /** Persons about whom another matter of the registration runs. */
  otherCases: string[];
};

const rowsOf = (text: string): string => `(select coalesce(json_agg(r), '[]') from (${text}) r)`;

const everything = `select json_build_object(
  'cases', ${rowsOf(`select c.case_id as id, person_id as person, state, started_at is not null as started,
      ended_at is not null as ended, release_place as releases, source_school as source,
      (select count(*) from jsonb_array_elements(findings) f where f ->> 'outcome' = 'REJECT')::int as refusals,
      coalesce((select json_agg(o.type order by o.version) from transfer.outbox o
                where o.aggregate_id = 'transfer:' || c.case_id), '[]') as told
    from transfer.transfer_case c`)},
  'steps', ${rowsOf(`select case_id as id, decision, handled_by as handled, decided_by as decided
    from transfer.transfer_step`)},
  'registrations', ${rowsOf(`select person_id as person, active, status, school, class_id as class
    from enrollment.enrollment`)},
  'places', ${rowsOf(`select transfer_id as id, school, state from enrollment.place_reservation`)},
  'moves', ${rowsOf(`select transfer_id as id, person_id as person, into_school as into
    from enrollment.transfer_move order by moved_at`)},
  'classes', ${rowsOf(`select class_id as id, school, size, capacity from enrollment.school_class`)},
  'otherCases', (select coalesce(json_agg(person_id), '[]') from enrollment.enrollment_case
                 where state = 'RUNNING')) as truth`;

export const truthOf = async ({ admin }: Pick<Ground, 'admin'>): Promise<Truth> => {
  const { rows } = await admin.query<{ truth: Truth }>(everything);
  const [row] = rows;
  if (row === undefined) throw new Error('Nothing is true');
  return row.truth;
};

/** The event that tells of each end. */
const ENDS: Readonly<Record<string, string>> = {
  HANDED_OVER: 'TransferCompleted',
  REJECTED: 'TransferRejected',
  WITHDRAWN: 'TransferWithdrawn',
  PURGED: 'TransferPurged',
  DISCARDED: 'TransferDiscarded',
};
const endEvents = new Set(Object.values(ENDS));

const isSitting = ({ active, status }: Registration): boolean =>
  active && ['IN_SCHOOL', 'SUSPENDED', 'PENDING_APPROVAL', 'RETURNED_TO_SCHOOL'].includes(status);

const only = <T>(what: string, wrong: readonly T[]): string[] =>
  wrong.length === 0 ? [] : [`${what}: ${JSON.stringify(wrong)}`];

/** What is wrong with registrations and places, whatever runs just now. */
const wrongOfRegistrations = (
  { registrations, places, classes, moves }: Truth,
  { schools, children }: Pick<Ground, 'schools' | 'children'>,
  undisturbed: ReadonlySet<Child>,
): string[] => {
  const active = registrations.filter((each) => each.active);
  const codes = Object.values(schools).map(({ code }) => code);
  const isInSchool = (child: Child): boolean =>
    active.some(
      ({ person, status, school }) =>
        person === children[child].person && status === 'IN_SCHOOL' && codes.includes(school),
    );
  const receiving = [schools.a.code, schools.b.code];
  /** A merger brings its pupils along, whatever places there are. */
  const cameByMerger = ({ person, school }: Registration): boolean =>
    person !== children.other.person && !moves.some((move) => move.person === person && move.into === school);
  return [
    ...only(
      'more than one active registration',
      CHILDREN.filter((child) => active.filter(({ person }) => person === children[child].person).length > 1),
    ),
    ...only(
      'in school nowhere',
      [...undisturbed].filter((child) => !isInSchool(child)),
    ),
    ...only(
      'more pupils and held places than places',
      classes.filter(({ school, capacity }) => {
        const sitting = registrations.filter(
          (each) => each.school === school && isSitting(each) && !cameByMerger(each),
        ).length;
        const held = places.filter((each) => each.school === school && each.state === 'HELD').length;
        return receiving.includes(school) && sitting + held > capacity;
      }),
    ),
    ...only(
      'a class counts other pupils than sit in it',
      classes.filter(({ id, size }) => size !== active.filter((each) => each.class === id).length),
    ),
  ];
};

/** What is wrong with cases, whatever runs just now. */
const wrongOfCases = ({ cases, steps, places, moves }: Truth): string[] => {
  const running = cases.filter(({ started, ended }) => started && !ended);
  const approvals = new Map(Map.groupBy(steps, ({ id }) => id));
  const placeOf = (id: string) => places.find((place) => place.id === id)?.state;
  return [
    ...only(
      'more than one started case of a child',
      running.filter((each, index) => running.findIndex(({ person }) => person === each.person) !== index),
    ),
    ...only(
      'approved without every approval',
      cases.filter(
        ({ id, state }) =>
          ['APPROVED', 'HANDED_OVER'].includes(state) &&
          (approvals.get(id)?.length !== 4 ||
            approvals.get(id)?.some(({ decision }) => decision !== 'APPROVE')),
      ),
    ),
    ...only(
      'one person handled and decided',
      steps.filter(({ handled, decided }) => decided !== null && handled === decided),
    ),
    ...only(
      'an end that was told otherwise than once',
      cases.filter(({ state, ended, told }) => {
        const ends = told.filter((type) => endEvents.has(type));
        return ended ? ends.length !== 1 || ends[0] !== ENDS[state] : ends.length > 0;
      }),
    ),
    ...only(
      'an ended case that keeps its place',
      cases.filter(({ id, ended, releases }) => ended && !releases && placeOf(id) === 'HELD'),
    ),
    ...only(
      'a place that was taken by a case that moved nothing, or the other way round',
      cases.filter(({ id }) => (placeOf(id) === 'TAKEN') !== moves.some((move) => move.id === id)),
    ),
    ...only(
      'a case that ended otherwise though its registration has moved, or the other way round',
      cases.filter(({ id, state, ended }) => {
        const moved = moves.some((move) => move.id === id);
        return state === 'HANDED_OVER' ? !moved : moved && ended;
      }),
    ),
  ];
};

/** Everything that is wrong at a moment; `undisturbed`: children whom nothing but transfers and mergers has touched. */
export const wrongWith = (
  truth: Truth,
  ground: Pick<Ground, 'schools' | 'children'>,
  undisturbed: ReadonlySet<Child>,
): string[] => [...wrongOfRegistrations(truth, ground, undisturbed), ...wrongOfCases(truth)];

/** An end that has been reached is never left again. */
export const reopened = (before: Truth, after: Truth): string[] => {
  const now = new Map(after.cases.map(({ id, state }) => [id, state]));
  return only(
    'a case that left its end',
    before.cases.filter(({ id, state, ended }) => ended && now.get(id) !== state),
  );
};

/**
 * Registrations that have moved although the law had come to stand against it before, and nobody changed that meanwhile:
 * `changed` names the children whose registrations others have touched.
 */
export const movedUnlawfully = (
  before: Truth,
  after: Truth,
  { schools, children }: Pick<Ground, 'schools' | 'children'>,
  changed: ReadonlySet<Child>,
): string[] => {
  const known = new Set(before.moves.map(({ id }) => id));
  const touched = new Set([...changed].map((child) => children[child].person));
  const may = (id: string, { person, status, school }: Registration): boolean =>
    status === 'IN_SCHOOL' &&
    !before.otherCases.includes(person) &&
    [schools.successor.code, after.cases.find((each) => each.id === id)?.source].includes(school);
  return only(
    'a move against the law',
    after.moves.filter(({ id, person }) => {
      const was = before.registrations.find((each) => each.person === person && each.active);
      return !known.has(id) && !touched.has(person) && was !== undefined && !may(id, was);
    }),
  );
};

/** What is wrong when all clocks have run out and nothing is left to do. */
export const wrongAtRest = ({ cases, steps, places, moves, registrations }: Truth): string[] => {
  const placeOf = (id: string) => places.find((place) => place.id === id)?.state;
  const isRefused = (id: string) => steps.some((step) => step.id === id && step.decision === 'REFUSE');
  const lastMoves = new Map(moves.map(({ person, into }) => [person, into]));
  return [
    ...only(
      'a started case without an end',
      cases.filter(({ started, ended }) => started && !ended),
    ),
    ...only(
      'a place that is held for no started case',
      places.filter(({ state }) => state === 'HELD'),
    ),
    ...only(
      'a case that still has a place to give back',
      cases.filter(({ releases }) => releases),
    ),
    ...only(
      'a refusal without a reason',
      cases.filter(({ id, state, refusals }) => state === 'REJECTED' && refusals === 0 && !isRefused(id)),
    ),
    ...only(
      'a place in another state than its case',
      cases.filter(({ id, state }) => (state === 'HANDED_OVER') !== (placeOf(id) === 'TAKEN')),
    ),
    ...only(
      'a child whose registration is not where its last case has moved it',
      registrations.filter(
        ({ person, active, school }) => active && lastMoves.has(person) && lastMoves.get(person) !== school,
      ),
    ),
  ];
};
