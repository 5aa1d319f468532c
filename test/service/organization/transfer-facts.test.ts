import { v7 as uuidv7 } from 'uuid';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { refusal, SCHOOLS, type Situation, startSituation } from './situation.ts';

const schoolNamed = (name: string): string => {
  const found = SCHOOLS.find((school) => school.name === name);
  if (found === undefined) throw new Error(`There is no ${name}`);
  return found.code;
};
const senior = schoolNamed('小店区明理高级中学');
const ofProvince = schoolNamed('山西省知行实验高级中学');
const primary = schoolNamed('小店区知行小学');
const privateSenior = schoolNamed('太原市青藤高级中学');

type School = {
  version: number;
  admissionAreas: { area: string; within: { code: string }; from: string }[];
  competentAuthority: { code: string };
};
const fields = 'version admissionAreas { area within { code } from } competentAuthority { code }';

/** Facts of schools and places by which transfers are judged: who states them, and who learns of them. */
describe('of the facts that transfers are judged by', () => {
  let network: Situation;

  beforeAll(async () => {
    network = await startSituation(simulatedClock('2026-09-02T09:00:00+08:00'));
  });
  afterAll(() => network?.stop());

  const seen = async (school: string): Promise<School> => {
    const { data } = await network.as<{ school: School }>(
      'guardian',
      `{ school(id: "${school}") { ${fields} } }`,
    );
    if (!data) throw new Error('No school');
    return data.school;
  };
  const told = async (school: string) => {
    await network.settled();
    const { core, inboxes } = network.service('organization');
    // What has taken effect is forgotten by the memory of the process right after that.
    await inboxes.find(({ source }) => source === 'organization')?.inbox.idle();
    return core.directory.school(school);
  };
  const send = async (who: string | null, name: string, input: Record<string, unknown>) => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
    return network.as<Record<string, { school: School | null; findings: { code: string }[] }>>(
      who,
      `mutation ($input: ${type}) { ${name}(input: $input) { school { ${fields} } findings { code } } }`,
      { input: { idempotencyKey: uuidv7(), ...input } },
    );
  };
  const name = async (who: string | null, school: string, more: Record<string, unknown>) =>
    send(who, 'setAdmissionArea', { school, expectedVersion: (await seen(school)).version, ...more });
  const problems = ({ errors }: Awaited<ReturnType<typeof send>>) =>
    (errors[0]?.extensions.problems as { code: string }[] | undefined)?.map(({ code }) => code);

  describe('the admission area', () => {
    test(
      holds('TRF-15', 'is named by the city for a day, and what held before stays on record'),
      async () => {
        const before = (await seen(senior)).admissionAreas;
        expect(before).toEqual([
          { area: '太原市城区招生区', within: { code: '140100' }, from: '2005-09-01' },
        ]);
        const { errors } = await name('taiyuan', senior, { area: '小店招生区', from: '2027-09-01' });
        expect(errors).toEqual([]);
        await name('taiyuan', senior, { area: ' 太原南部招生区 ', from: '2027-09-01' });
        const after = { area: '太原南部招生区', within: '140100', from: '2027-09-01' };
        expect((await told(senior))?.admissionAreas).toEqual([
          { area: '太原市城区招生区', within: '140100', from: '2005-09-01' },
          after,
        ]);
      },
    );

    test(breaks('TRF-15', 'is named by nobody else, and never for a day that has come'), async () => {
      const area = { area: '小店招生区', from: '2026-09-03' };
      for (const [who, school] of [
        ['xiaodian', senior],
        ['shanxi', senior],
        ['taiyuan', ofProvince],
        ['registrar', senior],
      ] as const) {
        expect(refusal(await name(who, school, area))).toBe('OUT_OF_JURISDICTION');
      }
      expect(problems(await name('taiyuan', senior, { ...area, from: '2026-09-02' }))).toEqual([
        'DAY_NOT_AHEAD',
      ]);
      expect(problems(await name('taiyuan', senior, { ...area, within: '140000' }))).toEqual([
        'AREA_ELSEWHERE',
      ]);
      expect(problems(await name('taiyuan', primary, { area: ' ', from: '2026-09-03' }))).toEqual([
        'NOT_SENIOR',
        'AREA_MISSING',
      ]);
    });

    test('of a school that the province runs is named by the province, as one of a city where it admits there', async () => {
      const area = { area: '太原市城区招生区', within: '140100', from: '2026-09-03' };
      expect((await name('shanxi', ofProvince, area)).errors).toEqual([]);
      expect((await seen(ofProvince)).admissionAreas.at(-1)).toMatchObject({ within: { code: '140100' } });
    });
  });

  describe('the competent authority of a private school', () => {
    const set = async (who: string, school: string, competentAuthority: string | null) =>
      send(who, 'setCompetentAuthority', {
        ...{ school, competentAuthority, expectedVersion: (await seen(school)).version },
      });

    test('is entered by the registry authority; mostly it is that authority itself', async () => {
      expect((await seen(privateSenior)).competentAuthority).toEqual({ code: '140100' });
      expect((await seen(senior)).competentAuthority).toEqual({ code: '140105' });
      await set('xiaodian', privateSenior, '140105');
      expect((await told(privateSenior))?.competentAuthority ?? null).toBeNull();
      await set('xiaodian', privateSenior, '140100');
      expect((await told(privateSenior))?.competentAuthority).toBe('140100');
    });

    test('is an authority of the province, and that of no public school', async () => {
      const stranger = await set('taiyuan', privateSenior, '140100');
      expect(stranger.data?.setCompetentAuthority?.findings.map(({ code }) => code)).toEqual([
        'NOT_REGISTRY_AUTHORITY',
      ]);
      expect(problems(await set('xiaodian', privateSenior, '410500'))).toEqual(['NO_AUTHORITY_OF_PROVINCE']);
      expect(problems(await set('xiaodian', senior, '140100'))).toEqual(['NOT_PRIVATE']);
    });
  });

  describe('the end of the registration for the college entrance examination', () => {
    const announce = (who: string | null, input: Record<string, unknown>) =>
      network.as(
        who,
        `mutation ($input: AnnounceExamRegistrationEndInput!) { announceExamRegistrationEnd(input: $input) {
           examRegistration { region { code } schoolYear endsOn } findings { code } } }`,
        { input: { idempotencyKey: uuidv7(), ...input } },
      );
    const holding = async (region: string, schoolYear: number) =>
      (
        await network.as<{ examRegistration: { region: { code: string }; endsOn: string } | null }>(
          'guardian',
          `{ examRegistration(region: "${region}", schoolYear: ${schoolYear}) { region { code } endsOn } }`,
        )
      ).data?.examRegistration;

    test(holds('TRF-16', 'is what the nearest unit has announced, the last word of each'), async () => {
      expect(await holding('140105', 2026)).toEqual({ region: { code: '140000' }, endsOn: '2026-11-10' });
      for (const endsOn of ['2026-11-12', '2026-11-13']) {
        const { errors } = await announce('taiyuan', { region: '140100', schoolYear: 2026, endsOn });
        expect(errors).toEqual([]);
      }
      expect(await holding('140105', 2026)).toEqual({ region: { code: '140100' }, endsOn: '2026-11-13' });
      expect(await holding('140105', 2025)).toEqual({ region: { code: '140000' }, endsOn: '2025-11-10' });
      expect(await holding('410503', 2026)).toBeNull();
      await network.settled();
      const { directory } = network.service('organization').core;
      expect(await directory.examRegistrationsOf(['140105', '140100'])).toEqual([
        { region: '140100', schoolYear: 2026, endsOn: '2026-11-13' },
      ]);
    });

    test(
      breaks('TRF-16', 'is announced by no unit for another, and for no day of another school year'),
      async () => {
        const input = { region: '140105', schoolYear: 2026, endsOn: '2026-11-10' };
        for (const who of ['taiyuan', 'yingze', 'registrar', 'ministry']) {
          expect(refusal(await announce(who, input))).toBe('OUT_OF_JURISDICTION');
        }
        expect(refusal(await announce(null, input))).toBe('UNAUTHENTICATED');
        const late = await announce('xiaodian', { ...input, endsOn: '2027-08-01' });
        expect(late.errors[0]?.extensions.problems).toMatchObject([{ code: 'OUTSIDE_SCHOOL_YEAR' }]);
      },
    );
  });
});
