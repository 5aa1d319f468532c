import { addDays, daysBetween } from '#libs/law/dates.ts';
import type { Actor } from '../actor.ts';
import { isFirstOf } from '../days.ts';
import { type Desk, schoolDesks, unitDesks } from '../world/desks.ts';
import type { Pupil } from '../world/roster.ts';
import { someOf } from '../world/sampling.ts';
import type { World } from '../world/world.ts';

type Entry = {
  id: string;
  version: number;
  state: string;
  since: string;
  lastActionOn: string;
  school: { id: string } | null;
  authority: string;
  student: { id: string } | null;
  child: { name: string } | null;
  enrollment: { id: string; status: string } | null;
};

const fields = `id version state since lastActionOn school { id } authority student { id } child { name }
  enrollment { id status }`;
const entry = `entry { ${fields} }`;

const WEEKLY = 0.00018;
const CLEARED = 0.15;
const PUTS_OFF = 0.15;
const NEVER_BACK = 0.2;
const ORDERED = 0.3;
/** A return is watched for so many days before the authority closes the entry. */
const WATCHED = 28;

/** Schools notice who stays away, confirm, report and persuade; counties clear, order and close (W-15). */
export const actor: Actor = {
  name: 'dropouts',
  at: '10:00',
  act: async (day, world) => {
    const month = day.slice(5, 7);
    if (month !== '07' && month !== '08') await newClues(world);
    await world.each(ledgersOf(world), (ledger) => followLedger(world, ledger));
  },
};

/** A ledger as the one who keeps it reads it. */
type Ledger = { place: string; reader: Desk };

/** Places in whose ledgers something was open the last time that they were read. */
const openPlaces = (world: World): Set<string> => world.memory(() => new Set<string>());

/**
 * Those of the counties, and of the schools that a city or the province runs, which lie outside every county: where
 * something is open every week, elsewhere once a month.
 */
const ledgersOf = (world: World): Ledger[] => {
  const counties = [...new Set(world.schools().map(({ unit }) => unit))].sort();
  const all: Ledger[] = [
    ...counties.map((county) => ({ place: county, reader: unitDesks(county, 'COUNTY').registrar })),
    ...world
      .schools()
      .filter(({ authority, unit }) => authority !== unit)
      .map(({ code }) => ({ place: code, reader: schoolDesks(code).registrar })),
  ];
  const open = openPlaces(world);
  return isFirstOf(world.shared.days, world.today) ? all : all.filter(({ place }) => open.has(place));
};

const followLedger = async (world: World, { place, reader }: Ledger): Promise<void> => {
  const entries = (await openEntries(world, reader)).filter((each) => isOf(place, each));
  if (entries.length > 0) openPlaces(world).add(place);
  else openPlaces(world).delete(place);
  for (const each of entries) await goOn(world, each);
};

/** The county of a migrant pupil's household reads the entry as well; it is followed where it is kept. */
const isOf = (place: string, { authority, school }: Entry): boolean =>
  authority === place || school?.id === place;

const newClues = async (world: World): Promise<void> => {
  const isMeant = ({ status, stage, days }: Pupil) =>
    status === 'IN_SCHOOL' && stage !== 'SENIOR' && days.clueOn === undefined;
  await world.each(someOf(world, WEEKLY, isMeant, monthlyOne(world)), async (pupil) => {
    const { registrar } = schoolDesks(pupil.school);
    const standing = await world.registrationOf(registrar, pupil);
    if (standing === null) return;
    const random = world.random('clue', pupil.key);
    const opened = await world.order<{ entry: Entry | null }>({
      as: registrar,
      does: 'openDropoutClue',
      type: 'DropoutClueInput',
      gives: entry,
      allows: ['LEDGER_ENTRY_OPEN'],
      input: {
        enrollment: standing.id,
        source: 'SCHOOL',
        since: addDays(world.today, -random.between(2, 9)),
        ...(pupil.isMigrant ? { householdCounty: '410503' } : {}),
        note: '连续未到校',
      },
    });
    if (!opened?.entry) return;
    Object.assign(pupil.days, { clueOn: world.today, busy: world.today });
    const school = world.schools().find(({ code }) => code === pupil.school);
    openPlaces(world).add(school?.authority === school?.unit ? (school?.unit ?? '') : pupil.school);
  });
};

/** Even a small province has somebody to look for once a month. */
const monthlyOne = ({ today }: World): number => (today.slice(8) <= '07' ? 1 : 0);

type Page = { dropoutLedger: { edges: { node: Entry }[] } };

const openEntries = async (world: World, who: Desk): Promise<Entry[]> => {
  const page = await world.read<Page>(
    who,
    `{ dropoutLedger(filter: { open: true }, first: 200) { edges { node { ${fields} } } } }`,
  );
  return (page?.dropoutLedger.edges ?? [])
    .map(({ node }) => node)
    .sort((a, b) => (nameOf(world, a) < nameOf(world, b) ? -1 : 1));
};

const nameOf = (world: World, { student, child, since, school }: Entry): string =>
  (student && world.roster.of(student.id)?.key) ?? `${school?.id} ${child?.name} ${since}`;

const goOn = async (world: World, each: Entry): Promise<void> => {
  const name = nameOf(world, each);
  if (world.random('puts off', name).chance(PUTS_OFF)) return;
  const { tree } = world.shared.plan;
  const { registrar, head } = unitDesks(each.authority, tree.find(each.authority)?.level ?? 'COUNTY');
  const hand = each.school === null ? registrar : schoolDesks(each.school.id).registrar;
  const fate = world.fate(name);
  const [cleared, lost, ordered] = [fate.chance(CLEARED), fate.chance(NEVER_BACK), fate.chance(ORDERED)];
  const step = (
    who: Desk,
    does: string,
    type: string,
    more: Record<string, unknown>,
    allows: string[] = [],
  ) =>
    world.order<{ entry: Entry | null }>({
      as: who,
      does,
      type,
      gives: entry,
      // What the system notes of an entry in the same hour comes before the clerk, who looks again another day.
      allows: ['VERSION_CONFLICT', ...allows],
      input: { entry: each.id, expectedVersion: each.version, ...more },
    });
  switch (each.state) {
    case 'CLUE':
      if (cleared) {
        const ended = await step(head, 'clearDropoutClue', 'EndDropoutInput', { note: '已核实，在校' });
        if (ended !== null) free(world, each);
      } else await step(hand, 'confirmDropout', 'ConfirmDropoutInput', { note: '家访未遇' });
      return;
    case 'CONFIRMED':
      await step(hand, 'reportDropout', 'ReportDropoutInput', {
        township: `${townOf(world, each)}101`,
        content: '该生多日未到校，多次联系未果',
      });
      return;
    case 'REPORTED':
      await persuade(step, hand, world, ordered);
      return;
    case 'PERSUADING':
      if (ordered && !lost)
        await step(hand, 'requestReturnOrder', 'ReportDropoutInput', {
          township: `${townOf(world, each)}101`,
          content: '多次劝返无效，提请责令送学',
        });
      else if (lost || !isInSchool(each)) await persuadeMonthly(step, hand, world, each);
      else await step(hand, 'markDropoutReturned', 'DropoutReturnedInput', { returnedOn: world.today });
      return;
    case 'ESCALATED':
      if (isInSchool(each))
        await step(hand, 'markDropoutReturned', 'DropoutReturnedInput', { returnedOn: world.today });
      else await persuadeMonthly(step, hand, world, each);
      return;
    case 'MONITORING':
      if (daysBetween(each.lastActionOn, world.today) < WATCHED) return;
      if ((await step(head, 'settleDropoutReturn', 'EndDropoutInput', { note: '返校稳定' })) !== null)
        free(world, each);
      return;
  }
};

type Step = (
  who: Desk,
  does: string,
  type: string,
  more: Record<string, unknown>,
  allows?: string[],
) => Promise<unknown>;

const persuade = (step: Step, who: Desk, world: World, reached: boolean): Promise<unknown> =>
  step(who, 'logPersuasion', 'PersuasionInput', {
    measure: 'HOME_VISIT',
    actedOn: world.today,
    reached,
    note: '家访劝返',
  });

/** About every third week; now and then nobody thinks of it for over thirty days. */
const persuadeMonthly = async (step: Step, who: Desk, world: World, each: Entry): Promise<void> => {
  const patience = world.random('patience', nameOf(world, each)).between(14, 40);
  if (daysBetween(each.lastActionOn, world.today) >= patience) await persuade(step, who, world, false);
};

/** Somebody suspended or gone is first resumed; a child that was never registered comes as it is. */
const isInSchool = ({ enrollment }: Entry): boolean =>
  enrollment === null || enrollment.status === 'IN_SCHOOL';

const townOf = (world: World, { school, authority }: Entry): string =>
  world.schools().find(({ code }) => code === school?.id)?.unit ?? authority;

const free = (world: World, { student }: Entry): void => {
  const pupil = student === null ? undefined : world.roster.of(student.id);
  if (pupil !== undefined) delete pupil.days.busy;
};
