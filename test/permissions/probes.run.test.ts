import { randomOf } from '#deploy/demo/random.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Asker, askersOf } from './support/actors.ts';
import { archiveProbes } from './support/archive-probes.ts';
import { certificateProbes } from './support/certificate-probes.ts';
import { entryProbes } from './support/entry-probes.ts';
import { informationProbes } from './support/information-probes.ts';
import { keyChangeProbes } from './support/key-change-probes.ts';
import { ledgerProbes } from './support/ledger-probes.ts';
import { listProbes } from './support/list-probes.ts';
import { markProbes } from './support/mark-probes.ts';
import { atRest, type Nation, startNation } from './support/nation.ts';
import { organizationProbes } from './support/organization-probes.ts';
import { asking, type Pick } from './support/probe.ts';
import { readProbes } from './support/read-probes.ts';
import { reportProbes } from './support/report-probes.ts';
import { securityProbes } from './support/security-probes.ts';
import { ticketProbes } from './support/ticket-probes.ts';
import { transferProbes } from './support/transfer-probes.ts';
import { readTruth, type Truth } from './support/truth.ts';
import { writeProbes } from './support/write-probes.ts';

const isLong = process.env.TEST_SIZE === 'long';
const count = isLong ? 10_000 : 400;
const seed = Number(process.env.TEST_SEED ?? 20_260_902);

const probes = Object.entries({
  ...readProbes,
  ...listProbes,
  ...writeProbes,
  ...markProbes,
  ...ledgerProbes,
  ...entryProbes,
  ...keyChangeProbes,
  ...informationProbes,
  ...organizationProbes,
  ...reportProbes,
  ...securityProbes,
  ...transferProbes,
  ...archiveProbes,
  ...certificateProbes,
  ...ticketProbes,
});

describe('whoever asks whatever', () => {
  let nation: Nation;
  let truth: Truth;
  let askers: Asker[];

  beforeAll(async () => {
    nation = await startNation(420);
    truth = await readTruth(nation);
    const order = randomOf(seed, 'askers');
    askers = (await askersOf(nation.network))
      .map((asker) => ({ asker, rank: order.next() }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ asker }) => asker);
  });
  afterAll(() => nation?.network.stop());

  /** Rounds of every probe, each time by another asker, so that every pair comes up as often as any other. */
  const run = async (from: number, to: number): Promise<string[]> => {
    const leaks: string[] = [];
    for (let nth = from; nth < to; nth++) {
      const [name, probe] = probes[nth % probes.length] ?? probes[0] ?? [];
      const asker = askers[((nth % probes.length) + Math.floor(nth / probes.length)) % askers.length];
      if (name === undefined || probe === undefined || asker === undefined)
        throw new Error('nothing to probe');
      const random = randomOf(seed, 'probe', String(nth));
      const pick: Pick = {
        of: (all) => chosen(all, random.next()),
        below: (limit) => Math.floor(random.next() * limit),
      };
      const leak = (what: string) => leaks.push(`#${nth} ${name} by ${asker.name}: ${what}`);
      await forgetMisses(nation);
      await probe({ truth, asker, pick, ask: asking(nation.network, asker), leak });
    }
    return leaks;
  };

  test(
    breaks(
      'PRV-12',
      `sees and does what the management tree allows and nothing else: ${count} probes, no leak`,
    ),
    async () => {
      const before = await fingerprint(nation);
      const lanes = 4;
      const share = Math.ceil(count / lanes);
      const found = await Promise.all(
        Array.from({ length: lanes }, (_, lane) => run(lane * share, Math.min(count, (lane + 1) * share))),
      );
      expect(found.flat()).toEqual([]);
      expect(await fingerprint(nation)).toEqual(before);
    },
    isLong ? 900_000 : 60_000,
  );

  test('the probes themselves find a leak where there is one', async () => {
    const stranger = askers.find(({ name }) => name === 'stranger');
    const [pupil] = truth.pupils.filter(({ schoolClass }) => schoolClass !== '');
    if (stranger === undefined || pupil === undefined) throw new Error('nobody to ask');
    const { worker } = nation.network.service('identity').core;
    await asWorker(worker, (tx) =>
      execute(tx, `insert into standing_ref (subject, person_id, since) values ($1, $2, now())`, [
        stranger.actor?.subject,
        pupil.person,
      ]),
    );
    const leaks: string[] = [];
    const pick: Pick = {
      of: (all) => all.find((one) => one === (pupil as unknown)) ?? (all[0] as never),
      below: () => 0,
    };
    await readProbes.student?.({
      truth,
      asker: stranger,
      pick,
      ask: asking(nation.network, stranger),
      leak: (what) => leaks.push(what),
    });
    expect(leaks.length).toBeGreaterThan(0);
    await asWorker(worker, (tx) =>
      execute(tx, 'delete from standing_ref where subject = $1 and person_id = $2', [
        stranger.actor?.subject,
        pupil.person,
      ]),
    );
  });

  test(
    holds('PRV-12', 'a county lists exactly the pupils below it and a school exactly its own'),
    async () => {
      for (const [name, unit] of [
        ['xiaodian', '140105'],
        ['taiyuan', '140100'],
        ['shanxi', '140000'],
        ['registrar', '2114000001'],
      ] as const) {
        const asker = askers.find((each) => each.name === name);
        if (asker === undefined) throw new Error(name);
        const ids: string[] = [];
        for (let after: string | null = null, more = true; more; ) {
          const { data } = await asking(nation.network, asker)(
            'enrollment',
            `query ($a: String) { enrollments(first: 200, after: $a) { edges { node { student { id } } } pageInfo { hasNextPage endCursor } } }`,
            { a: after },
          );
          const page = data?.enrollments as {
            edges: { node: { student: { id: string } } }[];
            pageInfo: { hasNextPage: boolean; endCursor: string };
          };
          ids.push(...page.edges.map(({ node }) => node.student.id));
          more = page.pageInfo.hasNextPage;
          after = page.pageInfo.endCursor;
        }
        const expected = truth.pupils.filter(({ school }) => truth.lineOf(school).includes(unit));
        expect(expected.length).toBeGreaterThan(5);
        expect(ids.sort()).toEqual(expected.map(({ person }) => person).sort());
      }
    },
  );
});

const chosen = <T>(all: readonly T[], fraction: number): T => {
  const [one] = all.slice(Math.floor(fraction * all.length));
  if (one === undefined) throw new Error('There is nothing to choose from');
  return one;
};

/** Probes guess on purpose, and more often than anybody is let guess in an hour. */
const forgetMisses = ({ network }: Nation): Promise<number> =>
  asWorker(network.service('transfer').core.worker, (tx) => execute(tx, 'delete from transfer_miss'));

/** Everything that a hostile command could have changed. */
const fingerprint = async ({ network }: Nation): Promise<unknown> => {
  await atRest(network);
  const tables = {
    organization: [
      'school',
      'org_unit',
      'registrar',
      'training',
      'term_calendar',
      'promotion',
      'correction_order',
      'term_duty',
      'working_days',
      'grade_permission',
      'exam_registration',
      'school_closure',
    ],
    identity: [
      'person',
      'student_number',
      'guardian_link',
      'identity_document',
      'guardian',
      'problem_record',
      'problem_event',
      'information_update',
      'field_confirmation',
      'issue_run',
    ],
    enrollment: [
      'enrollment',
      'pupil',
      'school_class',
      'class_teacher',
      'intake',
      'import_job',
      'upload',
      'grade_batch_row',
      'guardian_contact',
      'specialized_stay',
      'official_notice',
      'dropout_entry',
      'dropout_action',
      'entry_place',
      'admission',
      'deferral',
      'city_matter',
    ],
    transfer: [
      'transfer_case',
      'transfer_step',
      'transfer_paper',
      'transfer_attendance',
      'transfer_fault',
      'transfer_application',
    ],
    archive: ['archive', 'archive_entry', 'archive_measure', 'archive_copy', 'archive_closure'],
    certificate: [
      'certificate',
      'certificate_number',
      'certificate_serial',
      'outcome',
      'outcome_batch',
      'issue_order',
    ],
    'complaint-ticket': [
      'ticket',
      'ticket_line',
      'ticket_clock',
      'ticket_reporter',
      'ticket_paper',
      'number_enquiry',
      'disclosure',
    ],
  } as const;
  const all: unknown[] = [];
  const services = Object.keys(tables) as (keyof typeof tables)[];
  for (const service of services) {
    for (const table of tables[service]) {
      const rows = await asWorker(network.service(service).core.worker, (tx) =>
        query(
          tx,
          `select '${table}' as name, count(*), md5(string_agg(t::text, '|' order by t::text)) from ${table} t`,
        ),
      );
      all.push(rows);
    }
  }
  return all;
};
