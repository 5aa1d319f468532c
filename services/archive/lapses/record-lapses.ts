import { v7 as uuidv7 } from 'uuid';
import { ArchiveLapseRecorded } from '#libs/contracts/events/archive.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Archive } from '../archives/archive.ts';
import { archivesWhere } from '../archives/archive-rows.ts';
import { judgeEach } from '../archives/judge-archive.ts';
import { type Change, saveArchives } from '../archives/save-archive.ts';
import { archiveFacts } from '../archives/told.ts';
import { entriesOf } from '../entries/entry-rows.ts';
import { printsOf } from '../paper/print-rows.ts';
import { type Lapse, nextLook } from './lapse.ts';
import { insertLapses, setLooks } from './lapse-rows.ts';
import { responsibleFor } from './responsible.ts';

/** Archives of one transaction. */
const atOnce = 50;

const due = `look_on <= $1::date order by look_on, person_id limit ${atOnce} for update skip locked`;

/** What the law puts on record of an archive today. */
const lapsesIn = async (
  core: ServiceCore,
  archive: Archive,
  held: Parameters<typeof judgeEach>[2],
): Promise<Lapse[]> => {
  const judged = (await judgeEach(core, archive, held)).filter(({ finding }) => finding.outcome === 'RECORD');
  return Promise.all(
    judged.map(async ({ finding, about, dueOn }) => ({
      ...{ id: uuidv7(), person: archive.person, rule: finding.ruleId, about, code: finding.code, dueOn },
      ...(await responsibleFor(core, archive, { rule: finding.ruleId, about })),
      recordedAt: core.clock.now(),
    })),
  );
};

const found = async (core: ServiceCore, tx: Tx, archives: readonly Archive[]): Promise<Lapse[]> => {
  const persons = archives.map(({ person }) => person);
  const entries = Map.groupBy(await entriesOf(tx, persons), ({ person }) => person);
  const prints = Map.groupBy(await printsOf(tx, persons), ({ person }) => person);
  const each: Lapse[] = [];
  for (const archive of archives) {
    const { person } = archive;
    const held = { entries: entries.get(person) ?? [], prints: prints.get(person) ?? [] };
    each.push(...(await lapsesIn(core, archive, held)));
  }
  return each;
};

const tell = (archive: Archive, lapses: readonly Lapse[]): Change => ({
  before: archive,
  after: archive,
  told: lapses.map(({ rule, code, unit, place, dueOn }) => ({
    kind: ArchiveLapseRecorded,
    data: { ...archiveFacts(archive), rule, code, unit, unitPlace: place, dueOn },
  })),
});

/**
 * Looks at the archives whose day has come, and puts on record, once each and with whose it is, what was not done in its time or
 * lacks (ARC-01, ARC-07, ARC-08, ARC-15, ARC-16, ARC-20, ARC-23). True when there may be more.
 */
export const recordLapsesNext = async (core: ServiceCore): Promise<boolean> => {
  enforces('ARC-01', 'ARC-07', 'ARC-08', 'ARC-10', 'ARC-15', 'ARC-16', 'ARC-20', 'ARC-22', 'ARC-23');
  const today = core.clock.today();
  const looked = await asWorker(core.worker, async (tx) => {
    const archives = await archivesWhere(tx, due, [today]);
    if (archives.length === 0) return 0;
    const lapses = await found(core, tx, archives);
    const fresh = lapses.length === 0 ? new Set<string>() : await insertLapses(tx, lapses);
    const ofPerson = Map.groupBy(
      lapses.filter(({ id }) => fresh.has(id)),
      ({ person }) => person,
    );
    const changes = archives.flatMap((archive) => {
      const those = ofPerson.get(archive.person);
      return those === undefined ? [] : [tell(archive, those)];
    });
    await saveArchives(tx, core.clock.now(), changes);
    await setLooks(
      tx,
      archives.map((archive) => ({ person: archive.person, on: nextLook(archive, today) })),
    );
    return archives.length;
  });
  if (looked > 0) core.wakeRelay();
  return looked === atOnce;
};
