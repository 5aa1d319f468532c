import { atRest } from '#deploy/network/at-rest.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { rebuild } from '#libs/platform/events/rebuild.ts';
import { recountStep } from '#services/statistics/incidents/recount-worker.ts';
import { stockProjection } from '#services/statistics/stock/projection.ts';
import {
  authorityDesks,
  type CaseDesk,
  caseDeskOf,
  type Desk,
  schoolDesks,
} from '#test/service/enrollment/case-desk.ts';
import { beiguanPrimary } from '#test/service/enrollment/counter.ts';
import { county, type IdentityDesk, identityDeskOf } from '#test/service/identity/identity-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

type Fact = { name: string; value: string | null };
type Incident = {
  kind: string;
  cause: string;
  student: string | null;
  kept: Fact[];
  counted: Fact[];
  settledAt: string | null;
};

const asked = `query ($scope: ID, $open: Boolean) { countIncidents(scope: $scope, open: $open, first: 200) {
  edges { node { kind cause student kept { name value } counted { name value } settledAt } } } }`;

describe('the recount of statistics by night', () => {
  let registry: Registry;
  let desk: CaseDesk;
  let identity: IdentityDesk;
  let day = 10;

  beforeAll(async () => {
    registry = await startRegistry();
    desk = caseDeskOf(registry);
    identity = await identityDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const core = () => registry.network.service('statistics').core;
  const inStatistics = (text: string, values: unknown[]) =>
    asWorker(core().worker, (tx) => execute(tx, text, values));
  /** Lets the night pass, and the whole recount of it. */
  const nextNight = async (): Promise<void> => {
    registry.clock.moveTo(`2026-11-${++day}T02:00:00+08:00`);
    await atRest(registry.network.services, {});
    for (let more = true; more; ) more = await recountStep(core());
  };
  const incidents = async (who: Desk, scope: string | null = null, open = true): Promise<Incident[]> => {
    const { countIncidents } = desk.answered(
      await desk.ask<{ countIncidents: { edges: { node: Incident }[] } }>(who, asked, { scope, open }),
    );
    return countIncidents.edges.map(({ node }) => node);
  };
  const province = authorityDesks('140000', 'PROVINCE').head;
  const factIn = (facts: readonly Fact[], name: string) => facts.find((fact) => fact.name === name)?.value;

  test('finds nothing where statistics keep what enrollment and identity hold', async () => {
    await identity.child(1);
    await nextNight();
    expect(await incidents(province)).toEqual([]);
  });

  test('names the pupil who is kept otherwise, the one who is missing and the one whom nobody holds', async () => {
    const [other, missing, number] = [
      await identity.child(2),
      await identity.child(3),
      await identity.child(4),
    ];
    await registry.settled();
    const unknown = '00000000-0000-7000-8000-0000000000ff';
    await inStatistics(`update pupil set status = 'SUSPENDED' where person_id = $1`, [other]);
    await inStatistics('delete from pupil where person_id = $1', [missing]);
    await inStatistics('update pupil set number_kind = $2 where person_id = $1', [number, 'J_FORMAL']);
    await inStatistics(
      `insert into pupil (person_id, place, province, enrollment, school, stage, entry_year_adj, last_grade, status,
         gender, document_type, boarder, left_behind, migrant, residence_permit, disabled, ethnic_group, registered, told)
       select $1, place, province, enrollment, school, stage, entry_year_adj, last_grade, 'GRADUATED', gender, document_type,
         boarder, left_behind, migrant, residence_permit, disabled, ethnic_group, registered, told
       from pupil where person_id = $2`,
      [unknown, other],
    );
    await nextNight();
    const found = await incidents(county.head);
    const of = (student: string, kind = 'REGISTRATION') =>
      found.find((incident) => incident.student === student && incident.kind === kind);
    expect([of(other), of(missing), of(number, 'NUMBER'), of(unknown)]).toMatchObject([
      { kind: 'REGISTRATION', cause: 'OTHER' },
      { kind: 'REGISTRATION', cause: 'MISSING', kept: [] },
      {
        kind: 'NUMBER',
        cause: 'OTHER',
        kept: expect.arrayContaining([{ name: 'numberKind', value: 'J_FORMAL' }]),
      },
      { kind: 'REGISTRATION', cause: 'UNKNOWN', counted: [] },
    ]);
    expect(factIn(of(other)?.kept ?? [], 'status')).toBe('SUSPENDED');
    expect(factIn(of(other)?.counted ?? [], 'status')).not.toBe('SUSPENDED');
    expect(found.some(({ kind }) => kind === 'CELLS')).toBe(true);
  });

  test('changes nothing by itself and shows the same incident the next night', async () => {
    const before = await incidents(county.head);
    await nextNight();
    expect(await incidents(county.head)).toEqual(before);
  });

  test(holds('PRV-12', 'an incident is read by the unit it is about and those above'), async () => {
    expect((await incidents(province, '140105')).length).toBeGreaterThan(0);
  });

  test(breaks('PRV-12', 'and by nobody else'), async () => {
    expect(await incidents(schoolDesks(beiguanPrimary).head)).toEqual([]);
    const { errors } = await desk.ask(authorityDesks('140106').head, asked, { scope: '140105' });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
  });

  test('is settled by the night after a rebuild, and stays on record', async () => {
    const { worker, bus, log, config } = core();
    const workerUrl = config.WORKER_DATABASE_URL;
    await rebuild({ worker, workerUrl, bus, log, projection: stockProjection });
    const open = await incidents(province);
    await nextNight();
    expect(await incidents(province)).toEqual([]);
    const gone = await incidents(province, null, false);
    expect(gone).toHaveLength(open.length);
    expect(gone.every(({ settledAt }) => settledAt !== null)).toBe(true);
  });
});
