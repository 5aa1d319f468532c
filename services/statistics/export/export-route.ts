import { ExportDelivered } from '#libs/contracts/events/export.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { keepNote } from '#libs/platform/audit/read-audit.ts';
import { asWorker, inScopeOnce } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { answering, attachmentHeaders, fileAddress, onlyGet } from '#libs/platform/files/answers.ts';
import { linkToken, openLink } from '#libs/platform/files/links.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { Route, ServiceCore } from '#libs/platform/service/definition.ts';
import { countDelivery, exportById, type StatisticsExport } from './export-rows.ts';
import { writeCsv } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

const linkLife = 10 * 60_000;

const FILES = {
  CSV: { mediaType: 'text/csv; charset=utf-8', name: 'statistics.csv' },
  XLSX: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: 'statistics.xlsx',
  },
} as const;

/** An export that the caller's workplace prepared, or one below; nobody else learns whether there is one. */
export const exportFor = async (
  core: Pick<ServiceCore, 'app' | 'directory'>,
  caller: Actor | null,
  id: string,
): Promise<StatisticsExport> => {
  const own = await core.directory.workplaceOf(authorize(caller, 'statistics.read'));
  if (own === undefined) throw outOfJurisdiction();
  const found = await inScopeOnce(core.app, { lo: own.lo, hi: own.hi, persons: [] }, (tx) =>
    exportById(tx, id),
  );
  if (found === undefined) throw outOfJurisdiction();
  return found;
};

/** A short-lived address of an export, for the one who prepared it. */
export const exportUrl = (
  { sealing, clock, config }: Pick<ServiceCore, 'sealing' | 'clock' | 'config'>,
  { id, place, unit, requestedBy }: StatisticsExport,
): string => {
  const expiresAt = new Date(Date.parse(clock.now()) + linkLife).toISOString();
  const bearer = { subject: requestedBy, unit, place, expiresAt };
  return `${config.PUBLIC_URL}/exports/${id}?t=${linkToken(sealing, 'export', id, bearer)}`;
};

/** Who fetches it is written down and told of before the first byte leaves (PRV-13, W-23). */
const recordDelivery = async (
  core: ServiceCore,
  actor: Actor,
  { id, unit }: StatisticsExport,
): Promise<void> => {
  enforces('PRV-13');
  const at = core.clock.now();
  const operation = `export ${id}`;
  await keepNote(
    core.app,
    { caller: actor.subject, unit, operation, purpose: 'STATISTICS', full: false },
    at,
  );
  await asWorker(core.worker, async (tx) => {
    const version = 1 + (await countDelivery(tx, id));
    await recordEvents(tx, at, [
      recorded(ExportDelivered, `export:${id}`, version, { export: id, unit, deliveredAt: at }),
    ]);
  });
  core.wakeRelay();
};

/** `GET /exports/<export>?t=<token>` with the reader's access token: the table as it was prepared, to be saved. */
export const exportRoute =
  (core: ServiceCore): Route =>
  async (request, response) => {
    const address = fileAddress(request, 'exports');
    if (address === undefined) return false;
    await answering(core, response, async () => {
      onlyGet(request, response);
      const actor = authorize(await core.tokens.actorFrom(request.headers.authorization), 'statistics.read');
      const { subject } = openLink(core.sealing, 'export', address.id, address.token, core.clock.now());
      if (actor.subject !== subject) throw outOfJurisdiction();
      const found = await exportFor(core, actor, address.id);
      const file = FILES[found.format];
      const bytes = found.format === 'CSV' ? writeCsv(found.content) : await writeXlsx(found.content);
      await recordDelivery(core, actor, found);
      response
        .writeHead(200, attachmentHeaders({ mediaType: file.mediaType, size: bytes.length }, file.name))
        .end(bytes);
    });
    return true;
  };
