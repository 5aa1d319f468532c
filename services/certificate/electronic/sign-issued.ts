import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import type { Signing } from '#libs/platform/signing/signing.ts';
import { certificatesWhere } from '../certificates/certificate-rows.ts';
import { writeForms } from './forms.ts';

/** So many are signed at a time, so that nobody waits long beside it. */
const atOnce = 50;

/** Certificates issued since the plan of their province has started, which have no electronic form yet. */
const waiting = `select c.person_id, c.certificate_id from electronic_plan p
  join certificate c on c.province = p.province and c.stage = p.stage and c.issued_on >= p.starts_on
  where p.starts_on <= $1::date and not c.electronic and c.kind <> 'SCHOOLING' and c.revoked_on is null
  limit ${atOnce} for update of c skip locked`;

/** Signs the next certificates that were issued under a plan; true where there may be more (CRT-09). */
const signNext = (core: ServiceCore, signing: Signing): Promise<boolean> =>
  asWorker(core.worker, async (tx) => {
    const found = await query<{ person_id: string; certificate_id: string }>(tx, waiting, [
      core.clock.today(),
    ]);
    if (found.length === 0) return false;
    const certificates = await certificatesWhere(
      tx,
      'person_id = any($1::uuid[]) and certificate_id = any($2::uuid[])',
      [found.map((row) => row.person_id), found.map((row) => row.certificate_id)],
    );
    const toSign = certificates.map((certificate) => ({ certificate, form: 1 }));
    await writeForms(tx, { sealing: core.sealing, signing, now: core.clock.now() }, toSign);
    return true;
  });

/** With the issue comes the electronic form, where the plan of the province has started; older ones follow on demand. */
export const startSigner = (core: ServiceCore, signing: Signing): Loop =>
  until({
    name: 'electronic certificates',
    log: core.log,
    idle: 1_000,
    step: async () => {
      const more = await signNext(core, signing);
      if (more) core.wakeRelay();
      return more;
    },
  });
