import { parseArgs } from 'node:util';
import { Help } from '#deploy/local/failure.ts';
import { ImportFailure } from '#deploy/local/import/failure.ts';

/** Where the registry is and who asks: from the local runner, or given by hand. */
export type Access = { as: string; url: string | undefined; token: string | undefined };

/** What `npm run import` was asked for: a new import, another look at one that was begun, or an empty form. */
export type ImportOptions = Access & {
  out: string | undefined;
  json: boolean;
} & (
    | {
        kind: 'START';
        file: string;
        school: string | undefined;
        dryRun: boolean;
        entryYear: number | undefined;
      }
    | { kind: 'FOLLOW'; job: string }
    | { kind: 'TEMPLATE'; template: string }
  );

export const importUsage = [
  '用法 Usage:',
  '  npm run import -- <文件.xlsx|.csv> --school <学校标识码> [--dry-run] [--entry-year 2026]',
  '  npm run import -- --job <任务编号>',
  '  npm run import -- --template <模板.xlsx>',
  '',
  '  --school ID      学校标识码，十位；缺省为登录者所在学校  the school; that of --as by default',
  '  --dry-run        只检查，不建籍  check only',
  '  --entry-year Y   入学年份；7月1日至全国升级前必填，其余时间缺省为当前学年',
  '                   entry year; needed from 1 July to the promotion, else the running school year by default',
  '  --as NAME        以哪个演示身份导入（registrar）  demo identity',
  '  --out FILE       问题行工作簿存到哪里  where to save the refused rows',
  '  --json           只在标准输出给出 JSON 结果  only the outcome, as JSON',
  '  --job ID         查看已开始的导入任务  look at a job that was begun',
  '  --template FILE  生成空白的《学生基本信息采集表》  write an empty collection form',
  '  --url URL --token TOKEN   另一处学籍系统  another registry',
].join('\n');

const options = {
  school: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'entry-year': { type: 'string' },
  as: { type: 'string', default: 'registrar' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  job: { type: 'string' },
  template: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** Parses the arguments of `npm run import`. Throws `ImportFailure` with the usage when they are not understood. */
export function parseImportOptions(args: string[]): ImportOptions {
  const { values, positionals } = parsed(args);
  if (values.help) throw new Help(importUsage);
  if ((values.url === undefined) !== (values.token === undefined)) {
    throw wrong('--url 与 --token 须同时给出。 --url and --token belong together.');
  }
  const common = {
    as: values.as,
    url: values.url,
    token: values.token,
    out: values.out,
    json: values.json,
  };
  const [file, ...others] = positionals;
  if (values.job !== undefined) {
    if (file !== undefined) throw wrong('--job 不能与文件同时使用。 --job takes no file.');
    return { ...common, kind: 'FOLLOW', job: values.job };
  }
  if (values.template !== undefined) {
    if (file !== undefined) throw wrong('--template 不能与文件同时使用。 --template takes no file.');
    return { ...common, kind: 'TEMPLATE', template: values.template };
  }
  if (file === undefined) throw wrong('请给出要导入的文件。 Which file?');
  if (others.length > 0) throw wrong('一次只能导入一个文件。 One file at a time.');
  if (values.school !== undefined && !/^\d{10}$/.test(values.school)) {
    throw wrong('--school 须为十位学校标识码。 --school takes a ten-digit school code.');
  }
  return {
    ...common,
    kind: 'START',
    file,
    school: values.school,
    dryRun: values['dry-run'],
    entryYear: yearOf(values['entry-year']),
  };
}

function parsed(args: string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function yearOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^20\d{2}$/.test(text)) return Number(text);
  throw wrong('--entry-year 须为年份，如 2026。 --entry-year takes a year.');
}

const wrong = (what: string): ImportFailure => new ImportFailure(what, '', importUsage);
