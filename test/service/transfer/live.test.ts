import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { SCOPES } from '#deploy/demo/identities.ts';
import { projectRoot } from '#deploy/local/state.ts';
import { liveFields } from '#gateway/live/live-fields.ts';
import { isTransferEnd, type TransferState } from '#libs/law/transfer/course.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
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

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    child = await desk.pupil();
    begun = await desk.started(child);
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

  /** The answers of a subscription one after another, until it is complete. */
  async function* follow(who: Desk, transfer: string): AsyncGenerator<Seen, undefined, undefined> {
    const token = await registry.network.tokenFor({ scope: Object.values(SCOPES).join(' '), ...who });
    const response = await fetch(`${registry.gatewayUrl}/graphql/stream`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({
        query: 'subscription ($id: ID!) { transferUpdated(transfer: $id) { state steps { handledAt } } }',
        variables: { id: transfer },
      }),
    });
    let text = '';
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        const data = event
          .split('\n')
          .find((line) => line.startsWith('data:'))
          ?.slice('data:'.length)
          .trim();
        if (event.includes('event: next') && data) yield JSON.parse(data);
      }
    }
    return undefined;
  }

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

  test('ends in every state in which the law ends a case, and in no other', () => {
    const sdl = parse(readFileSync(join(projectRoot, 'services/transfer/schema.graphql'), 'utf8'));
    const states = sdl.definitions
      .filter((defined) => defined.kind === Kind.ENUM_TYPE_DEFINITION)
      .find(({ name }) => name.value === 'TransferState')
      ?.values?.map(({ name }) => name.value as TransferState);
    const ends = new Set(liveFields.transferUpdated?.state.ends);
    expect(ends).toEqual(new Set(states?.filter(isTransferEnd)));
    expect(ends.size).toBeLessThan(states?.length ?? 0);
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
});
