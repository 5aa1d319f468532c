import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type CaseDesk, caseDeskOf, schoolDesks } from './case-desk.ts';
import { type Counter, counterOf, taiyuanPrimary } from './counter.ts';
import { girl } from './pupils.ts';

/** Business that did not come in by the system itself (ORG-18). */
describe('a case that is handled on traditional media', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: CaseDesk;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = caseDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const school = schoolDesks(taiyuanPrimary);

  const died = async (sequence: number, handling?: { mode: string; reason?: string }) => {
    const waiting = await counter.registered(taiyuanPrimary, girl(sequence));
    const { results } = await counter.decide('xiaodian', 'APPROVE', [waiting], { reason: '已核实' });
    const pupil = results[0]?.enrollment;
    const { case: opened, findings } = await desk.request(school.registrar, 'reportDeath', 'DeathInput', {
      ...{ enrollment: pupil?.id, expectedVersion: pupil?.version, handling },
      ...{ diedOn: '2026-08-20', knownOn: '2026-08-25' },
      evidence: [await desk.paper(school.registrar, 'DEATH_CERTIFICATE')],
    });
    if (opened === null) throw new Error(JSON.stringify(findings));
    const { enrollmentCase } = desk.answered(
      await desk.ask<{ enrollmentCase: { handlingMode: string; handlingReason: string | null } }>(
        school.registrar,
        `query ($id: ID!) { enrollmentCase(id: $id) { handlingMode handlingReason } }`,
        { id: opened.id },
      ),
    );
    return { ...enrollmentCase, warned: findings.map(({ ruleId, outcome }) => `${ruleId} ${outcome}`) };
  };

  test(holds('ORG-18', 'for a special reason is opened with it, and a digital one needs none'), async () => {
    expect(await died(1, { mode: 'TRADITIONAL', reason: '山区停电，纸质材料代办' })).toEqual({
      ...{ handlingMode: 'TRADITIONAL', handlingReason: '山区停电，纸质材料代办', warned: [] },
    });
    expect(await died(2)).toEqual({ handlingMode: 'DIGITAL', handlingReason: null, warned: [] });
  });

  test(breaks('ORG-18', 'without a reason is opened with a warning'), async () => {
    expect(await died(3, { mode: 'TRADITIONAL', reason: ' ' })).toEqual({
      ...{ handlingMode: 'TRADITIONAL', handlingReason: '', warned: ['ORG-18 WARN'] },
    });
  });
});
