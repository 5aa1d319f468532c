import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { until } from '#test/events/support/checks.ts';
import { type Form, girl, idNumber, mother } from '#test/service/enrollment/pupils.ts';
import type { KillableRegistry } from './registry.ts';

/** A registration that the registry has acknowledged: ids of the registration and of the pupil. */
export type Acknowledged = { enrollment: string; person: string };

/** Schools that go on registering whatever falls: what was not answered is sent again as it was. */
export type Load = {
  acknowledged: readonly Acknowledged[];
  /** Answers that say no, which no form of these deserves. */
  refusals: readonly string[];
  /** Waits until that many more are acknowledged than now. */
  more(count: number): Promise<void>;
  /** Lets every registration that was begun be answered, and begins no other. */
  pause(): Promise<void>;
  resume(): void;
};

const perDay = 400;
const firstBirthday = Date.parse('2019-09-01');
const dayAfter = (from: number, days: number): string =>
  new Date(from + days * 86_400_000).toISOString().slice(0, 10);

/** The nth child: nobody shares a name, a birthday and a mother. */
const formOf = (nth: number): Form => {
  const day = Math.floor(nth / perDay);
  return girl(nth % perDay, {
    birthDate: dayAfter(firstBirthday, day % 366),
    name: `样例${String.fromCodePoint(0x4e00 + (nth % 20_000))}`,
    guardians: [
      mother({ idDocumentNumber: idNumber(dayAfter(Date.parse('1985-01-01'), day), nth % perDay) }),
    ],
  });
};

const register = `mutation ($input: RegisterStudentInput!) {
  registerStudent(input: $input) { enrollment { id student { id name } } findings { code } } }`;

type Answer = {
  registerStudent: {
    enrollment: { id: string; student: { id: string } } | null;
    findings: { code: string }[];
  };
};

export const startLoad = (registry: KillableRegistry, writers: number): Load => {
  const acknowledged: Acknowledged[] = [];
  const refusals: string[] = [];
  let running: Promise<unknown> = Promise.resolve();
  let paused = true;
  let begun = 0;

  /** Sends the same request until it is answered. */
  const answered = async (form: Form): Promise<Answer['registerStudent']> => {
    const input = { idempotencyKey: randomUUID(), school: DEMO_SCHOOLS.taiyuanPrimary, form };
    for (;;) {
      const answer = await registry.ask<Answer>('registrar', register, { input }).catch(() => undefined);
      if (answer?.data && answer.errors.length === 0) return answer.data.registerStudent;
      await registry.standing();
      await setImmediate();
    }
  };

  const write = async (): Promise<void> => {
    while (!paused) {
      const { enrollment, findings } = await answered(formOf(begun++));
      if (enrollment === null) refusals.push(findings.map(({ code }) => code).join());
      else acknowledged.push({ enrollment: enrollment.id, person: enrollment.student.id });
    }
  };

  return {
    acknowledged,
    refusals,
    more: (count) => {
      const enough = acknowledged.length + count;
      return until(`${enough} acknowledged`, () => acknowledged.length >= enough, 60_000);
    },
    pause: async () => {
      paused = true;
      await running;
    },
    resume: () => {
      paused = false;
      running = Promise.all(Array.from({ length: writers }, write));
    },
  };
};
