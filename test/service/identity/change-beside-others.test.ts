import { checkApproved } from '#services/identity/key-change/checking/check-worker.ts';
import { startIssueWorker } from '#services/identity/number/issue-run.ts';
import type { PopulationRegister, ToCompare } from '#services/identity/register/population-register.ts';
import { type Counter, counterOf } from '#test/service/enrollment/counter.ts';
import { girl, idNumber } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { holds } from '#test/support/rules.ts';
import { type KeyDesk, keyDeskOf, school } from './key-desk.ts';

/** Passes everybody; does something else the first time, while the question is out. */
const interrupted = (meanwhile: () => Promise<void>): PopulationRegister & { asked: ToCompare[] } => {
  let isFirst = true;
  const asked: ToCompare[] = [];
  return {
    asked,
    compare: async (persons) => {
      asked.push(...persons);
      if (isFirst) {
        isFirst = false;
        await meanwhile();
      }
      return new Map(persons.map(({ ref }) => [ref, 'PASS' as const]));
    },
  };
};

/** What was compared is what is written: nobody's data change between the register's answer and the number. */
describe('while the population register is asked', () => {
  let registry: Registry;
  let counter: Counter;
  let desk: KeyDesk;
  let issued: string;
  let renamed: string;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    desk = keyDeskOf(registry);
    issued = (await desk.pupil(girl(1))).student.id;
    renamed = (await desk.pupil(girl(2))).student.id;
    registry.register.setOutage(true);
  });
  afterAll(() => registry?.stop());

  const core = () => registry.network.service('identity').core;

  test(
    holds('ID-10', 'a name that becomes another one is compared again before the change takes effect'),
    async () => {
      const approved = await desk.approve(
        await desk.after(
          desk.request(renamed, {
            idDocumentType: 'RESIDENT_ID',
            idDocumentNumber: idNumber('2020-05-06', 12),
          }),
        ),
      );
      const register = interrupted(async () => {
        await counter.change('identity', `update person set name = '另名' where person_id = $1`, [renamed]);
      });
      await checkApproved(core(), register);
      expect((await desk.change(school.registrar, approved.id)).state).toBe('RECHECKING');
      await checkApproved(core(), register);
      expect((await desk.change(school.registrar, approved.id)).state).toBe('APPLIED');
      expect(register.asked.map(({ name }) => name)).toEqual([girl(2).name, '另名']);
      expect(await desk.identity(school.registrar, renamed)).toMatchObject({
        name: '另名',
        identityDocument: { number: idNumber('2020-05-06', 12) },
      });
    },
  );

  test(
    holds('ID-10', 'an ID number that becomes another one is not the one that the yearly issue builds on'),
    async () => {
      registry.clock.moveTo('2027-03-02T09:00:00+08:00');
      await registry.ask(
        'ministry',
        `mutation ($input: IssueFormalNumbersInput!) { issueFormalNumbers(input: $input) { run { id } } }`,
        { input: { idempotencyKey: 'spring' } },
      );
      const number = idNumber('2020-05-06', 11);
      const register = interrupted(async () => {
        await counter.change(
          'identity',
          `update identity_document set sealed = $2 where person_id = $1 and valid_to is null`,
          [issued, core().sealing.seal(number, `document:${issued}`)],
        );
        await counter.change('identity', 'update person set version = version + 1 where person_id = $1', [
          issued,
        ]);
      });
      const worker = startIssueWorker(core(), register);
      await counter.until(
        'the pupil has a formal number',
        async () => (await desk.identity(school.registrar, issued)).numberKind === 'G_FORMAL',
      );
      await worker.stop();
      expect((await desk.identity(school.registrar, issued)).studentNumber).toBe(`G${number}`);
    },
  );
});
