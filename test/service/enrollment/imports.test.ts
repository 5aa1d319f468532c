import iconv from 'iconv-lite';
import {
  csvOf,
  FORM_HEADER,
  goodRows,
  inFormOrder,
} from '#services/enrollment/import/fixtures/form-files.ts';
import { workbookOf } from '#services/enrollment/import/fixtures/workbook-bytes.ts';
import {
  importWorkbook,
  type JobView,
  type Registry,
  sampleWorkbook,
  startRegistry,
  upload,
} from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type Counter, counterOf, taiyuanPrimary } from './counter.ts';

const school = taiyuanPrimary;
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Workbooks from end to end: what schools send, and what nobody should send. */
describe('importing a workbook', () => {
  let registry: Registry;
  let counter: Counter;
  let report: string;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
  });
  afterAll(() => registry?.stop());

  const send = (bytes: Buffer | string, key: string, more: { mediaType?: string; dryRun?: boolean } = {}) =>
    importWorkbook(registry, { who: 'registrar', school, bytes: Buffer.from(bytes), key, ...more });

  const rows = goodRows(3, 2026).map(inFormOrder);
  const sheet = { name: '表', rows: [FORM_HEADER, ...rows] };

  describe('a file that is none', () => {
    const cases: [string, string, () => Promise<Buffer | string>, string][] = [
      [
        'a workbook cut in two',
        'WORKBOOK_CUT',
        async () => {
          const bytes = await workbookOf({ sheets: [sheet] });
          return bytes.subarray(0, bytes.length / 2);
        },
        xlsx,
      ],
      [
        'a part that unpacks a thousandfold',
        'WORKBOOK_EXPANDS_TOO_FAR',
        async () => {
          const bomb = `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>${'0'.repeat(60_000_000)}</t></is></c></row></sheetData></worksheet>`;
          return workbookOf({ sheets: [sheet], parts: { 'xl/worksheets/sheet1.xml': bomb } });
        },
        xlsx,
      ],
      [
        'a sheet without the header of the form',
        'HEADER_NOT_FOUND',
        () => workbookOf({ sheets: [{ name: '表', rows }] }),
        xlsx,
      ],
      [
        'a header without pupils',
        'NO_DATA_ROWS',
        () => workbookOf({ sheets: [{ name: '表', rows: [FORM_HEADER] }] }),
        xlsx,
      ],
      ['a text of blanks', 'FILE_EMPTY', async () => ' \r\n \r\n', 'text/csv'],
    ];

    test.each(cases)('%s fails with one clear reason', async (name, code, bytes, mediaType) => {
      const before = await counter.rowCounts();
      const job = await send(await bytes(), name, { mediaType });
      expect(job).toMatchObject({ state: 'FAILED', registered: 0, badRows: [], fileProblem: { code } });
      expect(job.fileProblem?.message).toMatch(/\p{Script=Han}/u);
      const after = await counter.rowCounts();
      expect(after['identity.person']).toBe(before['identity.person']);
      expect(after['enrollment.intake']).toBe(before['enrollment.intake']);
    });

    test.each([
      [
        'an old .xls with the name of a new one',
        Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)]),
      ],
      ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex')],
    ])('%s is not even taken in', async (_, bytes) => {
      await expect(upload(registry, 'registrar', school, bytes)).rejects.toThrow('FILE_TYPE_NOT_SUPPORTED');
    });
  });

  test('a CSV in GB18030 with rare characters is read like any workbook', async () => {
    const named = rows.map((cells, at) => (at === 0 ? ['𠮷𫛭', ...cells.slice(1)] : cells));
    const job = await send(iconv.encode(csvOf([FORM_HEADER, ...named]), 'gb18030'), 'gb18030', {
      mediaType: 'text/csv',
    });
    expect(job).toMatchObject({ state: 'DONE', total: 3, registered: 3, bad: 0 });
    const [rare] = await counter.rows('identity', `select 1 as found from person where name = '𠮷𫛭'`);
    expect(rare).toEqual({ found: 1 });
  });

  test('a dry run finds what the import would find and leaves no child in any table', async () => {
    const { bytes, sample } = await sampleWorkbook({ rows: 30, bad: 5, seed: 11 });
    await registry.settled();
    const before = await counter.rowCounts();
    const dry = await send(bytes, 'dry', { dryRun: true });
    await registry.settled();
    const { 'enrollment.idempotency': keysBefore, ...childrenBefore } = before;
    const { 'enrollment.idempotency': keysAfter, ...childrenAfter } = await counter.rowCounts();
    expect(childrenAfter).toEqual(childrenBefore);
    expect(keysAfter).toBeGreaterThan(keysBefore ?? 0);
    const real: JobView = await send(bytes, 'real');
    expect({ ...dry, id: '', reportUrl: '', registered: 25 }).toEqual({ ...real, id: '', reportUrl: '' });
    expect(real.badRows.map(({ row }) => row).sort()).toEqual(sample.bad.map(({ row }) => row).sort());
    report = real.reportUrl ?? '';
  });

  describe('a child that stands in two rows', () => {
    const at = (header: string): number => FORM_HEADER.indexOf(header);
    const [first = [], second = []] = goodRows(5, 2026).slice(3).map(inFormOrder);
    const sheetOf = (...data: string[][]) =>
      workbookOf({ sheets: [{ name: '表', rows: [FORM_HEADER, ...data] }] });

    test(
      breaks('ID-18', 'with one document number is told in both rows, each naming the other'),
      async () => {
        const job = await send(await sheetOf(first, second, first.with(at('班级'), '9班')), 'twice');
        expect(job).toMatchObject({ state: 'DONE', registered: 1, bad: 2 });
        expect(job.badRows).toMatchObject([
          { row: 2, problems: [{ ruleId: 'ID-18', message: expect.stringContaining('第4行') }] },
          { row: 4, problems: [{ ruleId: 'ID-18', message: expect.stringContaining('第2行') }] },
        ]);
      },
    );

    test(
      breaks('ID-18', 'without a document is registered once, and the other row says where it stands'),
      async () => {
        const none = first.with(at('身份证件类型'), '无').with(at('身份证件号'), '');
        const job = await send(await sheetOf(none, none.with(at('班级'), '9班')), 'twice without');
        expect(job).toMatchObject({ state: 'DONE', registered: 1, bad: 1 });
        expect(job.badRows).toMatchObject([
          { row: 3, problems: [{ ruleId: 'ID-18', message: expect.stringContaining('第2行') }] },
        ]);
      },
    );
  });

  describe('the report workbook', () => {
    const fetchReport = async (url: string, who?: string): Promise<Response> => {
      const { pathname, search } = new URL(url);
      return fetch(`${registry.gatewayUrl}${pathname}${search}`, {
        headers: who === undefined ? {} : { authorization: `Bearer ${await registry.token(who)}` },
      });
    };

    test(
      holds('PRV-13', 'comes by its address to who got it and signs in, and is written down'),
      async () => {
        const response = await fetchReport(report, 'registrar');
        expect([response.status, response.headers.get('content-type')]).toEqual([200, xlsx]);
        expect(response.headers.get('content-disposition')).toContain('attachment');
        expect(
          Buffer.from(await response.arrayBuffer())
            .subarray(0, 2)
            .toString(),
        ).toBe('PK');
        const audit = await counter.rows<{ caller: string }>(
          'enrollment',
          `select caller from read_audit order by at desc, id desc limit 1`,
        );
        expect(audit).toEqual([{ caller: 'demo-registrar' }]);
      },
    );

    test(
      breaks('PRV-12', 'is its holder’s: somebody else who signs in is refused, and so is a changed address'),
      async () => {
        expect((await fetchReport(report, 'registrar')).status).toBe(200);
        for (const who of ['other-registrar', 'guardian', 'shanxi', 'xiaodian']) {
          expect((await fetchReport(report, who)).status).toBe(403);
        }
        expect((await fetchReport(report)).status).toBe(401);
        const changed = await fetchReport(`${report.slice(0, -4)}AAAA`, 'registrar');
        expect([changed.status, await changed.text()]).toEqual([
          403,
          expect.stringContaining('LINK_INVALID'),
        ]);
      },
    );

    test('cannot be had once its address has run out', async () => {
      registry.clock.moveTo('2026-09-03T09:00:00+08:00');
      const late = await fetchReport(report, 'registrar');
      expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('LINK_EXPIRED')]);
    });
  });
});
