import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { authorityDesks, type CaseDesk, caseDeskOf, type Desk, schoolDesks } from './case-desk.ts';
import { beiguanPrimary, type Counter, codesOf, counterOf, type Told, taiyuanPrimary } from './counter.ts';
import { type LedgerDesk, ledgerDeskOf } from './ledger-desk.ts';
import { girl } from './pupils.ts';

type Place = {
  id: string;
  version: number;
  state: string;
  dueOn: string | null;
  extendedUntil: string | null;
  child: { name: string };
  enrollment: { status: string } | null;
};

const told = 'findings { ruleId outcome code }';
const placeFields = 'id version state dueOn extendedUntil child { name } enrollment { status }';

/** New pupils between the place they were granted and their registration (W-06); tests follow one another in time. */
describe('a place granted to a new pupil', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;
  let ledger: LedgerDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
    ledger = ledgerDeskOf(desk);
  });
  afterAll(() => registry?.stop());

  const { registrar } = schoolDesks(taiyuanPrimary);
  const county = authorityDesks('140105');

  const ask = async <Data>(who: Desk, name: string, type: string, selection: string, input: object) =>
    desk.answered(
      await desk.ask<Record<string, Data>>(
        who,
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`,
        { input: { idempotencyKey: randomUUID(), ...input } },
      ),
    )[name] as Data;

  const grant = (names: readonly string[], school: string = taiyuanPrimary) =>
    ask<{ granted: number; already: number; findings: Told[] }>(
      schoolDesks(school).registrar,
      'grantPlaces',
      'GrantPlacesInput',
      `granted already ${told}`,
      {
        school,
        stage: 'PRIMARY',
        schoolYear: 2026,
        children: names.map((name) => ({ name, birthDate: '2020-05-06' })),
      },
    );
  const places = async (school: string = taiyuanPrimary): Promise<Place[]> => {
    const { entryPlaces } = desk.answered(
      await desk.ask<{ entryPlaces: { edges: { node: Place }[] } }>(
        schoolDesks(school).registrar,
        `query ($school: ID!) { entryPlaces(school: $school, first: 200) { edges { node { ${placeFields} } } } }`,
        { school },
      ),
    );
    return entryPlaces.edges.map(({ node }) => node);
  };
  const placeOf = async (name: string, school: string = taiyuanPrimary): Promise<Place> => {
    const found = (await places(school)).find(({ child }) => child.name === name);
    if (found === undefined) throw new Error(`No place for ${name}`);
    return found;
  };
  const extend = (place: Place, until: string, proofShown = true) =>
    ask<{ place: Place | null; findings: Told[] }>(
      registrar,
      'extendEntry',
      'ExtendEntryInput',
      `place { ${placeFields} } ${told}`,
      { place: place.id, expectedVersion: place.version, until, proofShown },
    );
  const move = (day: string) => registry.clock.moveTo(`${day}T09:00:00+08:00`);
  const becomes = (name: string, state: string, school: string = taiyuanPrimary) =>
    counter.until(`${name} is ${state}`, async () => (await placeOf(name, school)).state === state);

  test('is sealed, granted once, and due ten working days after opening', async () => {
    expect(await grant(['名额甲', '名额乙', '名额丙', '名额丁'])).toEqual({
      granted: 4,
      already: 0,
      findings: [],
    });
    expect(await grant(['名额甲'])).toMatchObject({ granted: 0, already: 1 });
    expect(await placeOf('名额甲')).toMatchObject({ state: 'GRANTED', dueOn: '2026-09-15' });
    const rows = await counter.rows<{ text: string }>(
      'enrollment',
      'select p::text as text from entry_place p',
    );
    expect(rows.map(({ text }) => text).join()).not.toContain('名额');
  });

  test('is taken by the registration of the child', async () => {
    const registered = await counter.registered(taiyuanPrimary, girl(1, { name: '名额甲' }));
    expect(await placeOf('名额甲')).toMatchObject({
      state: 'REPORTED',
      enrollment: { status: 'PENDING_APPROVAL' },
    });
    expect(registered.status).toBe('PENDING_APPROVAL');
  });

  test(holds('ENR-13', 'may be given two weeks more, with proof, in the ten working days'), async () => {
    move('2026-09-15');
    const { place } = await extend(await placeOf('名额乙'), '2026-09-29');
    expect(place).toMatchObject({ state: 'EXTENDED', extendedUntil: '2026-09-29', dueOn: '2026-09-29' });
  });

  test(breaks('ENR-13', 'gets no more than two weeks, none without proof, and none too late'), async () => {
    const third = await placeOf('名额丙');
    expect(codesOf((await extend(third, '2026-09-30')).findings)).toEqual(['EXTENSION_TOO_LONG']);
    expect(codesOf((await extend(third, '2026-09-29', false)).findings)).toEqual(['EXTENSION_PROOF_MISSING']);
    expect((await placeOf('名额丙')).state).toBe('GRANTED');
    await grant(['迟到者']);
    move('2026-09-16');
    expect(codesOf((await extend(await placeOf('名额乙'), '2026-09-29')).findings)).toEqual([
      'EXTENSION_OUT_OF_TIME',
    ]);
  });

  test(breaks('ENR-14', 'of a child who has not come by then is a clue for the dropout ledger'), async () => {
    await becomes('名额丙', 'NO_SHOW');
    const entries = await ledger.ledgerOf(county.registrar, { source: ['NO_SHOW'] });
    expect(entries.find(({ child }) => child?.name === '名额丙')).toMatchObject({
      state: 'CLUE',
      since: '2026-09-01',
      student: null,
    });
    await registry.settled();
  });

  test(holds('ENR-14', 'is kept while the extension runs, and the whole of its last day'), async () => {
    move('2026-09-29');
    await becomes('迟到者', 'NO_SHOW');
    expect((await placeOf('名额乙')).state).toBe('EXTENDED');
    move('2026-09-30');
    await becomes('名额乙', 'NO_SHOW');
  });

  test('is never a no-show where no text sets a limit', async () => {
    await grant(['北关童'], beiguanPrimary);
    expect((await placeOf('北关童', beiguanPrimary)).dueOn).toBeNull();
    await grant(['旁证'], taiyuanPrimary);
    move('2026-12-01');
    await becomes('旁证', 'NO_SHOW');
    expect((await placeOf('北关童', beiguanPrimary)).state).toBe('GRANTED');
  });

  test(
    breaks('ENR-12', 'of last year that was not taken waits in Beiguan for the bureau’s reason'),
    async () => {
      const late = girl(5, { name: '迟入学', birthDate: '2019-05-06' });
      const waiting = await counter.registered(beiguanPrimary, late);
      const { decided, results } = await counter.decide('beiguan', 'APPROVE', [waiting]);
      expect(decided).toBe(0);
      expect(codesOf(results[0]?.findings ?? [])).toContain('LATE_ENTRY_DECISION_PENDING');
      const reasoned = await counter.decide('beiguan', 'APPROVE', [waiting], {
        reason: '因病推迟，同意入学',
      });
      expect(reasoned.decided).toBe(1);
    },
  );

  test(breaks('ENR-20', 'is the one that the committee has assessed, and no other'), async () => {
    const disabled = girl(6, {
      name: '随班童',
      isDisabled: true,
      disabilityType: 'HEARING',
      placementMode: 'INCLUSIVE',
      assessedByExpertCommittee: true,
      disabilityProofs: ['DISABILITY_CERTIFICATE'],
    });
    const assessed = (mode: string) => ({ assessment: { mode, assessedOn: '2026-08-01' } });
    const { enrollment, findings } = await counter.register(
      taiyuanPrimary,
      disabled,
      assessed('HOME_TEACHING'),
    );
    expect(enrollment).toBeNull();
    expect(codesOf(findings)).toEqual(['PLACEMENT_ASSESSMENT_MISSING']);
    expect((await counter.register(taiyuanPrimary, disabled, assessed('INCLUSIVE'))).enrollment?.status).toBe(
      'PENDING_APPROVAL',
    );
  });

  test(breaks('PRV-12', 'is nobody’s business at another school'), async () => {
    const { errors } = await desk.ask(
      schoolDesks(beiguanPrimary).registrar,
      `query ($school: ID!) { entryPlaces(school: $school) { edges { node { id } } } }`,
      { school: taiyuanPrimary },
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
  });
});
