import { randomUUID } from 'node:crypto';
import { SCOPES, TWO_FACTORS } from '#deploy/demo/identities.ts';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import {
  guardian,
  type Pupil,
  receiving,
  sending,
  xiaodian,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type ArchiveDesk, archiveDeskOf } from './archive-desk.ts';

type FileLink = { id: string; url: string; expiresAt: string };
type Filed = { sections: { entries: { kind: string; papers: number; files: FileLink[] | null }[] }[] };

/** The proofs in an archive as files: who gets them, and how. */
describe('the papers of an archive', () => {
  let registry: Registry;
  let desk: ArchiveDesk;
  let child: Pupil;
  const mother = guardian('paper-mother');
  const county = authorityDesks('140105');
  const city = authorityDesks('140100', 'CITY');

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = archiveDeskOf(registry);
    child = await desk.transfers.pupil();
    await suspended(child);
    await desk.desk.ask(
      sending.registrar,
      'mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { findings { code } } }',
      {
        input: {
          ...{ idempotencyKey: randomUUID(), student: child.person, subject: mother.sub },
          ...{ position: 1, basis: 'HOUSEHOLD_REGISTER' },
        },
      },
    );
    await registry.settled();
  });
  afterAll(() => registry?.stop());

  /** A pupil who is suspended, with two papers. */
  const suspended = async (pupil: Pupil): Promise<void> => {
    const cases = desk.desk;
    const [row] = await desk.counter.rows<{ version: number }>(
      'enrollment',
      'select version from pupil where person_id = $1',
      [pupil.person],
    );
    const opened = await cases.after(
      cases.request(sending.registrar, 'requestSuspension', 'SuspensionInput', {
        ...{ enrollment: pupil.enrollment, expectedVersion: row?.version, reasonGiven: true },
        ...{ ground: 'ILLNESS', from: '2026-09-10', to: '2027-09-09', missedHours: 200, termHours: 600 },
        evidence: [
          await cases.paper(sending.registrar, 'APPLICATION_FORM', null),
          await cases.paper(sending.registrar, 'HOSPITAL_RECORD'),
        ],
      }),
    );
    const confirmed = await cases.after(cases.decide(sending.head, opened, 'APPROVE'));
    const handled = await cases.after(cases.handle(xiaodian.registrar, confirmed));
    await cases.after(cases.decide(xiaodian.head, handled, 'APPROVE'));
    await registry.settled();
  };

  const tokenOf = (who: Desk, scope = Object.values(SCOPES).join(' ')): Promise<string> =>
    registry.network.tokenFor({
      ...{ scope, acr: TWO_FACTORS, ...who },
      ...(who.unit === undefined ? {} : { department: 'ADMINISTRATIVE' }),
    });
  const proofsOf = async (who: Desk, person: string) => {
    const { studentArchive } = desk.desk.answered(
      await desk.desk.ask<{ studentArchive: Filed }>(
        who,
        `query ($id: ID!) { studentArchive(student: $id) {
          sections { entries { kind papers files { id url expiresAt } } } } }`,
        { id: person },
      ),
    );
    return studentArchive.sections.flatMap(({ entries }) => entries).filter(({ kind }) => kind === 'PROOF');
  };
  const linksFor = async (who: Desk, person = child.person): Promise<FileLink[]> =>
    (await proofsOf(who, person)).flatMap(({ files }) => files ?? []);
  const oneFor = async (who: Desk): Promise<FileLink> => {
    const [link] = await linksFor(who);
    if (link === undefined) throw new Error('No paper is shown');
    return link;
  };
  /** Fetches an address through the gateway, as somebody or nobody. */
  const get = async ({ url }: Pick<FileLink, 'url'>, who: Desk | null, scope?: string): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const headers: Record<string, string> =
      who === null ? {} : { authorization: `Bearer ${await tokenOf(who, scope)}` };
    return fetch(`${registry.gatewayUrl}${pathname}${search}`, { headers });
  };
  const codeOf = async (answer: Response): Promise<unknown> =>
    ((await answer.json()) as { code?: unknown }).code;
  const readings = (id: string) =>
    desk.counter.rows<{ caller: string; unit: string | null; persons: string[]; full: boolean }>(
      'enrollment',
      `select caller, unit, persons, full_values as full from read_audit
       where purpose = 'ARCHIVE_PAPER' and operation = $1 order by at, id`,
      [`archive paper ${id}`],
    );

  test(
    holds('PRV-13', 'are fetched as files that nothing shows in place, and every reading is written down'),
    async () => {
      const link = await oneFor(sending.registrar);
      for (const _ of ['first', 'again']) {
        const answer = await get(link, sending.registrar);
        expect(answer.status).toBe(200);
        expect(Object.fromEntries(answer.headers)).toMatchObject({
          'content-type': 'application/pdf',
          'content-disposition': 'attachment; filename="paper.pdf"',
          'content-security-policy': "sandbox; default-src 'none'",
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        });
        const bytes = Buffer.from(await answer.arrayBuffer());
        expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
        expect(String(bytes.length)).toBe(answer.headers.get('content-length'));
      }
      const { sub: caller, school: unit } = sending.registrar;
      const reading = { caller, unit, persons: [child.person], full: true };
      expect(await readings(link.id)).toEqual([reading, reading]);
    },
  );

  test(holds('PRV-12', 'are shown to the school, the authorities above it and the guardian'), async () => {
    for (const who of [sending.head, county.registrar, city.head, mother]) {
      const links = await linksFor(who);
      expect(links).toHaveLength(2);
      for (const link of links) expect((await get(link, who)).status).toBe(200);
    }
  });

  test(
    breaks('PRV-12', 'are given to nobody but the reader of the address, and to nobody without a sign-in'),
    async () => {
      const link = await oneFor(sending.registrar);
      const before = await readings(link.id);
      expect((await get(link, null)).status).toBe(401);
      for (const who of [sending.head, county.registrar, receiving.registrar, mother]) {
        const answer = await get(link, who);
        expect([answer.status, await codeOf(answer)]).toEqual([403, 'OUT_OF_JURISDICTION']);
      }
      const moved = await get(link, { ...sending.registrar, school: receiving.school });
      expect(moved.status).toBe(403);
      const forged = await get({ url: link.url.replace(/t=.*/, 't=abc') }, sending.registrar);
      expect([forged.status, await codeOf(forged)]).toEqual([403, 'LINK_INVALID']);
      const other = { url: link.url.replace(link.id, randomUUID()) };
      expect(await codeOf(await get(other, sending.registrar))).toBe('LINK_INVALID');
      expect(await readings(link.id)).toEqual(before);
    },
  );

  test(breaks('PRV-14', 'are not given to a token that may not read what identifies a child'), async () => {
    const link = await oneFor(sending.registrar);
    const answer = await get(link, sending.registrar, 'student:read');
    expect(answer.status).toBe(403);
  });

  test('are not given any more once the address is out of date', async () => {
    const link = await oneFor(sending.registrar);
    registry.clock.moveTo(link.expiresAt);
    const answer = await get(link, sending.registrar);
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'LINK_EXPIRED']);
    expect((await get(await oneFor(sending.registrar), sending.registrar)).status).toBe(200);
  });

  test(
    breaks(
      'PRV-12',
      'are not given any more to whom the archive is not shown any more, however fresh the address',
    ),
    async () => {
      const link = await oneFor(mother);
      expect((await get(link, mother)).status).toBe(200);
      await desk.desk.ask(
        sending.registrar,
        'mutation ($input: UnlinkGuardianInput!) { unlinkGuardian(input: $input) { findings { code } } }',
        { input: { idempotencyKey: randomUUID(), student: child.person, subject: mother.sub } },
      );
      await registry.settled();
      expect((await get(link, mother)).status).toBe(403);
    },
  );

  test(holds('ARC-15', 'of a transfer go with the archive to the receiving school'), async () => {
    const { transfers } = desk;
    const goes = await transfers.pupil();
    const begun = await transfers.nearlyApproved(goes);
    await registry.settled();
    await transfers.approve(yingze, begun);
    await transfers.atRest();
    await registry.settled();
    const links = await linksFor(receiving.registrar, goes.person);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect((await get(link, receiving.registrar)).status).toBe(200);
  });

  /** Files a proof by hand. */
  const proves = (upload: string, matter: string | null) =>
    desk.tryOn(sending.registrar, 'addArchiveMaterial', 'AddArchiveMaterialInput', {
      ...{ student: child.person, kind: 'PROOF', category: 'PROOFS', occurredOn: '2026-09-01' },
      ...{ words: '补交证明', tellsOfSpecializedEducation: false, evidence: [upload], matter },
    });
  const uploaded = async (who: Desk): Promise<string> => {
    const { upload } = (await desk.desk.paper(who, 'HOSPITAL_RECORD')) as { upload: string };
    return upload;
  };

  test(holds('ARC-15', 'lie with the change that they prove, also when they come later'), async () => {
    const [row] = await desk.counter.rows<{ matter: string }>(
      'archive',
      'select matter from archive_entry where person_id = $1 and matter is not null limit 1',
      [child.person],
    );
    const upload = await uploaded(sending.registrar);
    const unknown = desk.desk.answered(await proves(upload, randomUUID())).addArchiveMaterial;
    expect(unknown?.findings.map(({ code }) => code)).toEqual(['MATTER_UNKNOWN']);
    const before = (await linksFor(sending.registrar)).length;
    const filed = desk.desk.answered(await proves(upload, row?.matter ?? null)).addArchiveMaterial;
    expect(filed?.findings).toEqual([]);
    await registry.settled();
    const links = await linksFor(sending.registrar);
    expect(links).toHaveLength(before + 1);
    const own = links.find(({ id }) => id === upload);
    expect((await get({ url: own?.url ?? '' }, sending.registrar)).status).toBe(200);
    const kept = await desk.counter.rows(
      'enrollment',
      'select 1 from upload where upload_id = $1 and taken_at is not null',
      [upload],
    );
    expect(kept).toHaveLength(1);
  });

  test(breaks('ARC-15', 'are never another school’s uploads, nor used twice'), async () => {
    for (const upload of [await uploaded(receiving.registrar), randomUUID()]) {
      const { errors } = await proves(upload, null);
      expect(errors[0]?.extensions).toMatchObject({ problems: [{ code: 'UPLOAD_NOT_ACCEPTED' }] });
    }
    const upload = await uploaded(sending.registrar);
    expect((await proves(upload, null)).errors).toEqual([]);
    expect((await proves(upload, null)).errors[0]?.extensions).toMatchObject({
      problems: [{ code: 'UPLOAD_NOT_ACCEPTED' }],
    });
  });
});
