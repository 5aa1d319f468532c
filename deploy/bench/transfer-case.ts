import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Desks, OpenDesks } from '#deploy/bench/transfer-desks.ts';
import type { PupilToMove } from '#deploy/bench/transfer-pupils.ts';
import { emptyPaper } from '#deploy/demo/paper.ts';
import { Failure } from '#deploy/local/failure.ts';

type Upload = { id: string; url: string };
type Finding = { code: string };
type Case = { id: string; version: number; state: string };
type Answer = { transfer: Case | null; findings: Finding[] };

const requestPapers = `mutation BenchPapers($form: RequestUploadInput!, $proof: RequestUploadInput!) {
  form: requestUpload(input: $form) { upload { id url } findings { code } }
  proof: requestUpload(input: $proof) { upload { id url } findings { code } }
}`;
const completePapers = `mutation BenchArrived($form: CompleteUploadInput!, $proof: CompleteUploadInput!) {
  form: completeUpload(input: $form) { upload { state } }
  proof: completeUpload(input: $proof) { upload { state } }
}`;
const orderOf = (name: string, type: string): string => `mutation Bench($input: ${type}!) {
  order: ${name}(input: $input) { transfer { id version state } findings { code } }
}`;
const initiate = orderOf('initiateTransfer', 'InitiateTransferInput');
const handle = orderOf('handleTransferStep', 'HandleTransferStepInput');
const decide = orderOf('decideTransferStep', 'DecideTransferStepInput');
const whereIs = `query BenchWhere($id: ID!) { student(id: $id) { id enrollment { school { id } } } }`;

/** Between two looks at a pupil, milliseconds: as finely as the lag is told. */
const look = 20;
const longestLag = 60_000;

const paper = (): Buffer => emptyPaper(randomUUID());

const sendPapers = async ({ registrar }: Desks, origin: string, school: string) => {
  const papers = [paper(), paper()] as const;
  const announced = (bytes: Buffer) => ({
    ...{ idempotencyKey: randomUUID(), name: 'paper.pdf', mediaType: 'application/pdf', purpose: 'EVIDENCE' },
    ...{ size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), school },
  });
  const asked = await registrar.ask<Record<'form' | 'proof', { upload: Upload | null }>>(requestPapers, {
    form: announced(papers[0]),
    proof: announced(papers[1]),
  });
  const [form, proof] = [asked.form.upload, asked.proof.upload];
  if (form === null || proof === null) throw new Failure('A paper was refused.');
  await Promise.all(
    [form, proof].map(async ({ url }, index) => {
      const { pathname, search } = new URL(url);
      const body = new Uint8Array(papers[index] ?? []);
      const sent = await fetch(`${origin}${pathname}${search}`, { method: 'PUT', body });
      await sent.body?.cancel();
      if (!sent.ok) throw new Failure(`A paper was not taken: ${sent.status}.`);
    }),
  );
  await registrar.ask(completePapers, { form: { upload: form.id }, proof: { upload: proof.id } });
  return [
    { upload: form.id, kind: 'APPLICATION_FORM' },
    { upload: proof.id, kind: 'REASON_PROOF' },
  ];
};

/** Where a case leads, and the authorities of both schools. */
export type Way = { target: string; source: string; sourceAuthority: string; targetAuthority: string };

/** The desks of a registry with the origin of its graph. */
export type Office = { desks: OpenDesks; origin: string };

const moved = ({ order: { transfer, findings } }: { order: Answer }): Case => {
  if (transfer === null)
    throw new Failure(`A case was refused: ${findings.map(({ code }) => code).join(' ')}.`);
  return transfer;
};

const named = ({ id, version }: Case) => ({
  ...{ idempotencyKey: randomUUID(), transfer: id, expectedVersion: version },
});

/** The registrar of a school or authority handles its step, its head approves. */
const approve = async ({ registrar, head }: Desks, seen: Case): Promise<Case> => {
  const handled = moved(await registrar.ask<{ order: Answer }>(handle, { input: named(seen) }));
  const input = { ...named(handled), decision: 'APPROVE', note: '情况属实' };
  return moved(await head.ask<{ order: Answer }>(decide, { input }));
};

/** Carries one whole case from its papers to the last approval; the pupil's registration moves by itself then. */
export const carry = async ({ desks, origin }: Office, pupil: PupilToMove, way: Way, today: string) => {
  const receiving = await desks.of(way.target);
  const evidence = await sendPapers(receiving, origin, way.target);
  const input = {
    ...{ idempotencyKey: randomUUID(), kind: 'IN_PROVINCE_TRANSFER', stage: 'PRIMARY', grade: pupil.grade },
    student: { name: pupil.name, idDocumentType: 'RESIDENT_ID', idDocumentNumber: pupil.number },
    ...{ appliedOn: today, wantedBy: 'FAMILY', evidence },
    reason: {
      ...{ ground: 'HOUSEHOLD_MOVE', household: { across: 'COUNTY', withGuardians: true } },
      ...{ proofChecked: true, meetsLocalRequirements: true },
    },
  };
  const draft = moved(await receiving.registrar.ask<{ order: Answer }>(initiate, { input }));
  const begun = moved(
    await receiving.head.ask<{ order: Answer }>(decide, { input: { ...named(draft), decision: 'APPROVE' } }),
  );
  let seen = begun;
  for (const unit of [way.source, way.sourceAuthority, way.targetAuthority])
    seen = await approve(await desks.of(unit), seen);
  if (!['APPROVED', 'HANDED_OVER'].includes(seen.state)) throw new Failure(`A case is ${seen.state}.`);
};

/** Milliseconds until the receiving school sees the pupil as its own. */
export const visibleAfter = async (
  { desks }: Office,
  pupil: PupilToMove,
  { target }: Way,
  signal: AbortSignal,
): Promise<number> => {
  const { registrar } = await desks.of(target);
  const began = performance.now();
  for (;;) {
    const seen = await registrar
      .ask<{ student: { enrollment: { school: { id: string } } | null } | null }>(whereIs, {
        id: pupil.person,
      })
      .catch(() => undefined);
    const waited = performance.now() - began;
    if (seen?.student?.enrollment?.school.id === target) return waited;
    if (waited > longestLag) throw new Failure('A pupil was not seen at the new school within a minute.');
    await delay(look, undefined, { signal });
  }
};
