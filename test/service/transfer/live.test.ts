import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { projectRoot } from '#deploy/local/state.ts';
import { liveFields } from '#gateway/live/live-fields.ts';
import { isTransferEnd, type TransferState } from '#libs/law/transfer/course.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { until } from '#test/support/until.ts';
import { applicationDeskOf } from './application-desk.ts';
import { followLive } from './follow-live.ts';
import {
  guardian,
  type Pupil,
  receiving,
  sending,
  type Transfer,
  type TransferDesk,
  third,
  transferDeskOf,
} from './transfer-desk.ts';

type Seen = { data?: { transferUpdated: { state: string; handled: boolean } | null }; errors?: unknown[] };

/** What is sent of a transfer to those who follow it live. */
describe('a transfer followed live', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let child: Pupil;
  let begun: Transfer;
  const [mother, stranger] = [guardian('mother'), guardian('stranger')];

  const linkToMother = async ({ person }: Pupil): Promise<void> => {
    await desk.desk.ask(
      sending.registrar,
      'mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { findings { code } } }',
      {
        input: {
          ...{ idempotencyKey: randomUUID(), student: person, subject: mother.sub },
          ...{ position: 1, basis: 'HOUSEHOLD_REGISTER' },
        },
      },
    );
  };

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    child = await desk.pupil();
    begun = await desk.started(child);
    await linkToMother(child);
    await registry.settled();
  });
  afterAll(() => registry?.stop());

  const follow = (who: Desk, transfer: string) =>
    followLive<Seen>(
      registry,
      who,
      'subscription ($id: ID!) { transferUpdated(transfer: $id) { state steps { handledAt } } }',
      { id: transfer },
    );
  const stateOf = ({ data }: Seen) => data?.transferUpdated?.state;

  test(
    holds('PRV-12', 'shows the guardian of the child each change until its end, and ends with it'),
    async () => {
      const states: (string | undefined)[] = [];
      for await (const seen of follow(mother, begun.id)) {
        const state = stateOf(seen);
        if (states.at(-1) === state) continue;
        states.push(state);
        if (state === 'SOURCE_SCHOOL_REVIEW') await desk.approve(sending, begun);
        if (state === 'AUTHORITIES_REVIEW') {
          await desk.withdraw(mother, await desk.seen(mother, begun.id));
        }
      }
      expect(states).toEqual(['SOURCE_SCHOOL_REVIEW', 'AUTHORITIES_REVIEW', 'WITHDRAWN']);
    },
  );

  test(breaks('PRV-12', 'shows nothing to another school or family, and ends at once'), async () => {
    for (const who of [third.registrar, stranger]) {
      const answers: Seen[] = [];
      for await (const seen of follow(who, begun.id)) answers.push(seen);
      expect(answers).toMatchObject([
        { data: { transferUpdated: null }, errors: [{ extensions: { code: 'OUT_OF_JURISDICTION' } }] },
      ]);
    }
  });

  test('ends with a draft that is discarded', async () => {
    const draft = await desk.after(desk.initiate(third, await desk.pupil()));
    const states: (string | undefined)[] = [];
    for await (const seen of follow(third.registrar, draft.id)) {
      if (states.length === 0) {
        const order = { transfer: draft.id, expectedVersion: draft.version };
        await desk.after(
          desk.order(third.registrar, 'discardTransferDraft', 'DiscardTransferDraftInput', order),
        );
      }
      states.push(stateOf(seen));
    }
    expect([states[0], states.at(-1)]).toEqual(['DRAFT', 'DISCARDED']);
  });

  type Filed = { payload: { registrar: { id: string; version: number } | null; findings: unknown } };
  /** The county does something about the account of the sending school's registrar. */
  const fileAccount = async (mutation: string, input: string, seen: Record<string, unknown>) => {
    const { data, errors } = await registry.ask<Filed>(
      'xiaodian',
      `mutation ($input: ${input}!) { payload: ${mutation}(input: $input) { registrar { id version } findings { code } } }`,
      { input: { idempotencyKey: randomUUID(), ...seen } },
    );
    if (!data?.payload.registrar) throw new Error(JSON.stringify([data, errors]));
    const { id, version } = data.payload.registrar;
    await registry.settled();
    return { registrar: id, expectedVersion: version };
  };

  test('ends for somebody whose account is suspended meanwhile, and tells nothing more of the case', async () => {
    const { school, registrar } = sending;
    const clerk = {
      school,
      roles: ['REGISTRAR'],
      subject: registrar.sub,
      name: '甄文书',
      isEstablishmentStaff: true,
    };
    const nominated = await fileAccount('nominateRegistrar', 'NominateRegistrarInput', clerk);
    const training = { ...nominated, trainedOn: '2026-01-05' };
    const trained = await fileAccount('recordTraining', 'RecordTrainingInput', training);
    const filed = await fileAccount('fileRegistrar', 'FileRegistrarInput', trained);
    const active = await fileAccount('activateAccount', 'ActivateAccountInput', filed);
    const pupil = await desk.pupil();
    await linkToMother(pupil);
    const next = await desk.started(pupil);
    const stream = follow(registrar, next.id);
    expect(stateOf((await stream.next()).value as Seen)).toBe('SOURCE_SCHOOL_REVIEW');

    const suspended = await fileAccount('suspendAccount', 'AccountDecisionInput', {
      ...active,
      reason: '待查',
    });
    const own = () => desk.desk.ask(registrar, `{ transferCase(id: "${next.id}") { state } }`);
    await until('the account is suspended', async () => (await own()).errors.length > 0);
    await desk.after(desk.withdraw(mother, await desk.seen(mother, next.id)));
    const last = (await stream.next()).value as Seen;
    expect(last).toMatchObject({ errors: [{ extensions: { code: 'ACCOUNT_SUSPENDED' } }] });
    expect(last.data?.transferUpdated ?? null).toBeNull();
    expect((await stream.next()).done).toBe(true);
    await fileAccount('restoreAccount', 'AccountDecisionInput', { ...suspended, reason: '已查清' });
    await until('the account is open', async () => (await own()).errors.length === 0);
  });

  const statesOf = (type: string): string[] => {
    const sdl = parse(readFileSync(join(projectRoot, 'services/transfer/schema.graphql'), 'utf8'));
    const found = sdl.definitions
      .filter((defined) => defined.kind === Kind.ENUM_TYPE_DEFINITION)
      .find(({ name }) => name.value === type);
    return found?.values?.map(({ name }) => name.value) ?? [];
  };

  test('ends in every state in which the law ends a case, and in no other', () => {
    const states = statesOf('TransferState').map((state) => state as TransferState);
    const ends = new Set(liveFields.transferUpdated?.state.ends);
    expect(ends).toEqual(new Set(states.filter(isTransferEnd)));
    expect(ends.size).toBeLessThan(states.length);
  });

  test('is signalled once a change can be read, and the signal carries nothing but the id of the case', async () => {
    const next = await desk.started(await desk.pupil());
    const signals: unknown[] = [];
    const { bus } = desk.service().core;
    const heard = Promise.withResolvers<string>();
    const stop = await bus.onSignal(`transfer.${next.id}`, async (payload) => {
      signals.push(payload);
      heard.resolve((await desk.seen(receiving.head, next.id)).state);
    });
    await desk.after(desk.handle(sending.registrar, next));
    expect(await heard.promise).toBe('SOURCE_SCHOOL_REVIEW');
    expect(signals[0]).toEqual({ transfer: next.id });
    await stop();
  });

  describe('from the application of the family on', () => {
    type Followed = { data?: { transferApplicationUpdated: { state: string } | null }; errors?: unknown[] };
    const followed = (who: Desk, application: string) =>
      followLive<Followed>(
        registry,
        who,
        'subscription ($id: ID!) { transferApplicationUpdated(application: $id) { state } }',
        { id: application },
      );
    const applied = async () => {
      const families = applicationDeskOf(desk);
      const pupil = await desk.pupil();
      const parent = await families.familyOf(pupil);
      return { families, parent, application: await families.after(families.apply(parent, pupil)) };
    };

    test(
      holds('TRF-42', 'the guardian and the asked school follow it until its case has ended'),
      async () => {
        const { families, parent, application } = await applied();
        const statesSeenBy = async (who: Desk, onState: (state: string) => Promise<unknown>) => {
          const states: string[] = [];
          for await (const { data } of followed(who, application.id)) {
            const state = data?.transferApplicationUpdated?.state ?? 'NONE';
            if (states.at(-1) === state) continue;
            states.push(state);
            await onState(state);
          }
          return states;
        };
        const bySchool = Promise.withResolvers<void>();
        const school = statesSeenBy(receiving.registrar, async () => bySchool.resolve());
        await bySchool.promise;
        const family = await statesSeenBy(parent, async (state) => {
          if (state === 'APPLIED') await families.takenUp(receiving, application);
          if (state !== 'TAKEN_UP') return;
          const { transfer } = await families.seen(parent, application.id);
          const draft = await desk.seen(receiving.head, transfer?.id ?? '');
          const started = await desk.after(desk.decide(receiving.head, draft, 'APPROVE'));
          await desk.withdraw(parent, started);
          await desk.atRest();
        });
        expect(family).toEqual(['APPLIED', 'TAKEN_UP', 'CASE_ENDED']);
        expect(await school).toEqual(family);
      },
    );

    test(breaks('PRV-12', 'nobody else follows it: not the sending school, nor another family'), async () => {
      const { application } = await applied();
      for (const who of [sending.registrar, third.registrar, stranger]) {
        const answers: Followed[] = [];
        for await (const seen of followed(who, application.id)) answers.push(seen);
        expect(answers).toMatchObject([
          {
            data: { transferApplicationUpdated: null },
            errors: [{ extensions: { code: 'OUT_OF_JURISDICTION' } }],
          },
        ]);
      }
    });

    test('it ends in every state in which an application has ended, and in no other', () => {
      const open = ['APPLIED', 'ARRANGING', 'TAKEN_UP'];
      const ends = statesOf('TransferApplicationState').filter((state) => !open.includes(state));
      expect(new Set(liveFields.transferApplicationUpdated?.state.ends)).toEqual(new Set(ends));
    });
  });
});
