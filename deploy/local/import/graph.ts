import { ImportFailure } from '#deploy/local/import/failure.ts';
import type { Registry } from '#deploy/local/import/registry.ts';

type Problem = { code?: string; message?: string };
type GraphError = { message: string; extensions?: { code?: string; problems?: Problem[] } };
type Body = { data?: Record<string, unknown> | null; errors?: GraphError[] };

/** What the clerk is told where the caller may not do what was asked. */
const notTheirs = [
  '这个身份不能为这所学校导入：学校标识码有误，或者登录的不是该校学籍管理员。',
  'This identity may not import for this school: the code is wrong, or it is not its registrar.',
];

/**
 * Runs one operation of the graph. Throws `ImportFailure` that says what the clerk can do about it.
 * @param outOfReach what to say where the thing asked for is not the caller's
 */
export async function askGraph<Data>(
  registry: Registry,
  query: string,
  variables: Record<string, unknown>,
  outOfReach: readonly string[] = notTheirs,
): Promise<Data> {
  const response = await reach(registry.graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${registry.token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = await bodyOf(response);
  const [error] = errors;
  if (error !== undefined) throw failureOf(error, outOfReach);
  if (!data)
    throw new ImportFailure(`学籍系统没有给出结果（${response.status}）。 The registry gave no data.`);
  return data as Data;
}

/** A request over HTTP; a registry that cannot be reached is a failure in words. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ImportFailure(
      `连接不上学籍系统（${new URL(url).host}），请确认它正在运行。`,
      'The registry does not answer at this address.',
    );
  }
}

async function bodyOf(response: Response): Promise<Body> {
  try {
    return (await response.json()) as Body;
  } catch {
    throw new ImportFailure(
      `该地址不是学籍系统的图（${response.status}）。 This address does not answer as the graph.`,
    );
  }
}

/** A problem in the words of the graph, and by which option of this command it is mended. */
const sentenceOf = ({ code, message: what }: Problem, otherwise: string): string =>
  `${what ?? otherwise}${code === 'ENTRY_YEAR_MISSING' ? ' （--entry-year）' : ''}`;

/** An error of the graph as the clerk is told of it. */
export function failureOf(
  { message, extensions }: GraphError,
  outOfReach: readonly string[] = notTheirs,
): ImportFailure {
  switch (extensions?.code) {
    case 'UNAUTHENTICATED':
      return new ImportFailure(message, '请重新取得登录凭证（npm run token，或重新运行 npm start）。');
    case 'OUT_OF_JURISDICTION':
      return new ImportFailure(...outOfReach);
    case 'BAD_USER_INPUT':
      return new ImportFailure(
        ...(extensions.problems ?? []).map((problem) => sentenceOf(problem, message)),
        ...(extensions.problems?.length ? [] : [message]),
      );
    default:
      return new ImportFailure(message);
  }
}
