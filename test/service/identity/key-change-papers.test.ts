import { randomUUID } from 'node:crypto';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { holdEvidence } from '#libs/contracts/commands/hold-evidence.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { createFiles } from '#libs/platform/files/files.ts';
import { sweepUploads } from '#libs/platform/files/sweep.ts';
import { type Desk, schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { type Counter, codesOf, counterOf, otherTaiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { county, type KeyDesk, keyDeskOf, province, school } from './key-desk.ts';

type Kept = { held_for: string | null; taken_at: string | null };

/** The papers of a change: uploads of the own workplace that were checked, each used once (ID-13). */
describe('the papers of a change', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: KeyDesk;
  let next = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = keyDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const newPupil = async (): Promise<string> => (await desk.pupil(girl(++next))).student.id;
  const kept = async (upload: string): Promise<Kept | undefined> =>
    (
      await counter.rows<Kept>('enrollment', 'select held_for, taken_at from upload where upload_id = $1', [
        upload,
      ])
    )[0];
  const tryWith = async (evidence: unknown[]) =>
    desk.tryOn(
      school.registrar,
      'requestKeyInformationChange',
      'RequestKeyInformationChangeInput',
      await desk.inputFor(await newPupil(), { name: '改名后' }, { evidence }),
    );
  const problems = (answer: Awaited<ReturnType<typeof tryWith>>) =>
    answer.errors.flatMap(({ extensions }) => extensions.problems ?? []);
  const refused = [{ path: ['evidence', '0', 'upload'], code: 'UPLOAD_NOT_ACCEPTED' }];

  test(holds('ID-13', 'are the change’s own once it is asked for, and are kept for good'), async () => {
    const paper = await desk.proof(school.registrar);
    await desk.after(desk.request(await newPupil(), { name: '改名后' }, { evidence: [paper] }));
    await registry.settled();
    expect(await kept(paper.upload)).toEqual({ held_for: expect.any(String), taken_at: expect.any(String) });
    expect(problems(await tryWith([paper]))).toMatchObject(refused);
    const files = createFiles(registry.network.service('enrollment').core, { keptFor: -1 });
    await sweepUploads(files);
    expect(await kept(paper.upload)).toBeDefined();
  });

  /** The addresses of a change's papers as somebody sees them, and what the gateway answers at one. */
  const urlsFor = async (who: Desk, id: string): Promise<(string | null)[]> => {
    const { data } = await desk.ask<{ keyInformationChange: { papers: { url: string | null }[] } }>(
      who,
      'query ($id: ID!) { keyInformationChange(id: $id) { papers { url } } }',
      { id },
    );
    return data?.keyInformationChange?.papers.map(({ url }) => url) ?? [];
  };
  const statusAt = async (url: string | null | undefined, who: Desk): Promise<number> => {
    const { pathname, search } = new URL(url ?? '');
    const token = await registry.network.tokenFor({
      ...{ scope: Object.values(SCOPES).join(' '), acr: TWO_FACTORS, ...who },
      ...(who.unit === undefined ? {} : { department: 'ADMINISTRATIVE' }),
    });
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${registry.gatewayUrl}${pathname}${search}`, { headers })).status;
  };

  test(holds('PRV-12', 'are fetched by who decides on the change, each by the own address'), async () => {
    const paper = await desk.proof(school.registrar);
    const change = await desk.after(
      desk.request(await newPupil(), { name: '改名后' }, { evidence: [paper] }),
    );
    await registry.settled();
    const [own] = await urlsFor(school.registrar, change.id);
    const [above] = await urlsFor(county.registrar, change.id);
    expect(await statusAt(own, school.registrar)).toBe(200);
    expect(await statusAt(above, county.registrar)).toBe(200);
    expect(await statusAt(own, county.registrar)).toBe(403);
    expect(await urlsFor(schoolDesks(otherTaiyuanPrimary).registrar, change.id)).toEqual([]);
  });

  test(breaks('ID-13', 'are not those of another workplace, and not made up'), async () => {
    for (const who of [schoolDesks(otherTaiyuanPrimary).registrar, county.registrar, province])
      expect(problems(await tryWith([await desk.proof(who)]))).toMatchObject(refused);
    expect(problems(await tryWith([{ upload: randomUUID(), kind: 'ID_CARD' }]))).toMatchObject(refused);
  });

  test(breaks('ID-13', 'all of them or none: one that cannot be had leaves the others free'), async () => {
    const paper = await desk.proof(school.registrar);
    expect(problems(await tryWith([{ upload: randomUUID(), kind: 'ID_CARD' }, paper]))).toMatchObject(
      refused,
    );
    expect(await kept(paper.upload)).toEqual({ held_for: null, taken_at: null });
    expect((await tryWith([paper])).errors).toEqual([]);
  });

  test('of a request that the law refuses are free for the next one', async () => {
    const paper = await desk.proof(school.registrar);
    const student = await newPupil();
    const { name } = await desk.identity(school.registrar, student);
    expect(codesOf((await desk.request(student, { name }, { evidence: [paper] })).findings)).toEqual([
      'KEY_INFO_UNCHANGED',
    ]);
    expect(await kept(paper.upload)).toEqual({ held_for: null, taken_at: null });
    await desk.after(desk.request(student, { name: '改名后' }, { evidence: [paper] }));
  });

  test('are held once: of two holders at the same moment one has them, and the same holder again', async () => {
    const { upload } = await desk.proof(school.registrar);
    const { core } = registry.network.service('identity');
    const [place] = await counter.rows<{ place: string }>(
      'enrollment',
      'select place from upload where upload_id = $1',
      [upload],
    );
    const hold = (sign: string) =>
      ask(core.bus, holdEvidence, {
        holder: sign.repeat(64),
        place: Number(place?.place),
        uploads: [upload],
      });
    const both = await Promise.all([hold('a'), hold('b')]);
    expect(both.filter(({ papers }) => papers[0] !== null)).toHaveLength(1);
    const winner = both[0]?.papers[0] ? 'a' : 'b';
    expect((await hold(winner)).papers[0]).toMatchObject({ upload });
    const files = createFiles(registry.network.service('enrollment').core, { keptFor: -1 });
    await sweepUploads(files);
    expect(await kept(upload)).toBeUndefined();
  });

  test('may come from the authority’s own registrar with an opinion', async () => {
    const opened = await desk.after(desk.request(await newPupil(), { name: '改名后' }));
    const confirmed = await desk.after(desk.decide(school.head, opened, 'APPROVE'));
    const paper = await desk.proof(county.registrar, 'PUBLIC_SECURITY_CERTIFICATE');
    const handled = await desk.after(
      desk.handle(county.registrar, confirmed, { opinion: '已核', evidence: [paper] }),
    );
    expect(handled.papers.map(({ kind }) => kind)).toEqual([
      'HOUSEHOLD_REGISTER',
      'PUBLIC_SECURITY_CERTIFICATE',
    ]);
  });
});
