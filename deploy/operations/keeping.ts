import { type CheckedFiles, keepingOf, type SealedCursor } from '#libs/contracts/commands/keeping.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import type { Console } from './carry-out.ts';
import { askAll, print } from './services.ts';

/** Reads every file of every service through now; true when all are what was stored. */
export const checkFilesNow = async (
  bus: Bus,
  services: readonly string[],
  console: Console,
): Promise<boolean> => {
  const answers = await askAll(services, async (service) => {
    let checked = 0;
    for (let before: string | null = null; ; ) {
      const reply: CheckedFiles = await ask(bus, keepingOf(service).checkFiles, { before });
      checked += reply.checked;
      before = reply.before;
      if (!reply.keepsFiles || reply.checked === 0) return { ...reply, checked };
      console.progress(`${service}: ${checked} files, ${reply.left} left`);
    }
  });
  const rows = answers.flatMap(({ service, reply }) => {
    if (reply === undefined) return [[service, 'not running', '', '']];
    return reply.keepsFiles
      ? [[service, String(reply.checked), String(reply.left), String(reply.faulty.length)]]
      : [];
  });
  print(console, ['SERVICE', 'CHECKED', 'LEFT', 'FAULTY'], rows);
  const faulty = answers.flatMap(({ service, reply }) =>
    (reply?.faulty ?? []).map(({ file, object, fault, checkedAt }) => [
      service,
      fault,
      file,
      object,
      checkedAt,
    ]),
  );
  if (faulty.length > 0) print(console, ['SERVICE', 'FAULT', 'FILE', 'OBJECT', 'CHECKED'], faulty);
  return faulty.length === 0 && answers.every(({ reply }) => reply !== undefined && reply.left === 0);
};

/** Brings everything that a service keeps to its current key; it may be stopped and begun anew at any time. */
export const resealAll = async (bus: Bus, service: string, console: Console): Promise<boolean> => {
  let [values, files, unreadable] = [0, 0, 0];
  for (let cursor: SealedCursor | null = { column: 0, after: null }; cursor !== null; ) {
    const reply: { values: number; files: number; unreadable: number; cursor: SealedCursor | null } =
      await ask(bus, keepingOf(service).reseal, { cursor });
    values += reply.values;
    files += reply.files;
    unreadable += reply.unreadable;
    cursor = reply.cursor;
    console.progress(`${values} values, ${files} files`);
  }
  console.out(`${values} values and ${files} files of ${service} were sealed anew`);
  if (unreadable > 0) console.out(`${unreadable} values do not open: the log names their columns`);
  return unreadable === 0;
};

/** Shows what is sealed by which key. */
export const showKeys = async (bus: Bus, services: readonly string[], console: Console): Promise<boolean> => {
  const answers = await askAll(services, (service) => ask(bus, keepingOf(service).keys, {}));
  const rows = answers.flatMap(({ service, reply }) =>
    reply === undefined
      ? [[service, 'not running', '', '', '']]
      : reply.keys.map(({ key, values, files, replaced }) => [
          service,
          key === reply.current ? `${key} (current)` : key,
          ...[values, files, replaced].map(String),
        ]),
  );
  print(console, ['SERVICE', 'KEY', 'VALUES', 'FILES', 'REPLACED'], rows);
  return answers.every(({ reply }) => reply !== undefined);
};
