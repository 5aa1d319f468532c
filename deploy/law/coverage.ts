import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '#libs/law/catalogue/catalogue.ts';
import type { CatalogueRule } from '#libs/law/catalogue/catalogue-rule.ts';
import type { RuleId } from '#libs/law/rule-id.ts';
import { type Reach, reachOf } from './reachable.ts';
import { lineOf, type SourceText, sourceTexts } from './source-text.ts';

/** How far a rule has come. */
export type CoverageStatus = 'enforced' | 'policy' | 'open' | `waiting:${string}`;

/** One line of the coverage table. */
export type RuleCoverage = {
  id: RuleId;
  status: CoverageStatus;
  /** `file:line` of every place that states or marks the rule. */
  where: string[];
  /** `file:line` of every test of one of its sides. */
  tests: string[];
  why: string;
};

/**
 * What the sources say about a rule; `stated`: by functions of the law that nothing which runs calls; `awaited`: services
 * for which a stand-in answers what it is judged by; `left`: parts that nothing enforces.
 */
export type Evidence = {
  where: string[];
  stated: string[];
  awaited: string[];
  left: string[];
  holds: string[];
  breaks: string[];
};

const ENFORCING_FOLDERS = ['libs', 'services', 'gateway'];
const TESTING_FOLDERS = ['libs', 'services', 'gateway', 'deploy', 'test'];
const LAW_FOLDER = 'libs/law/';
const CATALOGUE_FOLDER = 'libs/law/catalogue/';
/** Beside the sources that enforce, what runs of `deploy`: not the tools, the demo nation and the load. */
const RUNNING_FOLDERS = [...ENFORCING_FOLDERS, 'deploy'];
const NOT_RUNNING = /^(?:libs\/law|deploy\/(?:law|demo|bench|generate))\//;

const STATED = /\bfinding(?:IfInForce)?\(\s*'([A-Z]+-\d+)'/g;
const MARKED = /\benforces\(([^)]*)\)/g;
const STOOD_IN = /\bstandsInFor\(\s*'([a-z-]+)',([^)]*)\)/g;
const LEFT = /\bleavesOpen\(\s*'([A-Z]+-\d+)',\s*'([^']+)'/g;
const TESTED = /([\w.]*)\(\s*(holds|breaks)\(\s*'([A-Z]+-\d+)'/g;
const ID = /'([A-Z]+-\d+)'/g;
const NOT_RUN = /^x|\.(?:skip|todo)$/;

/** The state of every rule, from the sources below the root. */
export const ruleCoverage = (root: string): RuleCoverage[] => {
  const sources = sourceTexts(root, RUNNING_FOLDERS).filter(({ path }) => !isTest(path));
  const reach = reachOf(
    sources.filter(({ path }) => path.startsWith(LAW_FOLDER)),
    sources.filter(({ path }) => !NOT_RUNNING.test(path)),
  );
  const evidence = evidenceIn(
    sources.filter(({ path }) => !path.startsWith('deploy/') && !path.startsWith(CATALOGUE_FOLDER)),
    sourceTexts(root, TESTING_FOLDERS).filter(({ path }) => isTest(path)),
    (path, offset) => !path.startsWith(LAW_FOLDER) || reach(path, offset),
  );
  const hasService = (service: string) =>
    service === 'gateway' || existsSync(join(root, 'services', service));
  return CATALOGUE.map((rule) => judgeCoverage(rule, evidence.get(rule.id) ?? NOTHING, hasService));
};

/** The ids that calls of a marker name, each with the place of its call. */
const marksIn = (text: string, marker: RegExp): { id: string; offset: number }[] =>
  [...text.matchAll(marker)].flatMap(({ 1: named = '', index }) =>
    [...named.matchAll(ID)].map(([, id = '']) => ({ id, offset: index })),
  );

/**
 * Collects where rules are stated or marked in sources, and which sides tests show. Tests that do not run count not, and
 * a statement that is not reached stands apart.
 */
export const evidenceIn = (
  sources: readonly SourceText[],
  tests: readonly SourceText[],
  isReached: Reach = () => true,
): ReadonlyMap<string, Evidence> => {
  const found = new Map<string, Evidence>();
  const of = (id: string): Evidence => {
    const known = found.get(id) ?? { where: [], stated: [], awaited: [], left: [], holds: [], breaks: [] };
    found.set(id, known);
    return known;
  };
  for (const { path, text } of sources) {
    const note = (id: string, offset: number): void => {
      const at = `${path}:${lineOf(text, offset)}`;
      of(id)[isReached(path, offset) ? 'where' : 'stated'].push(at);
    };
    for (const match of text.matchAll(STATED)) note(match[1] ?? '', match.index);
    for (const { id, offset } of marksIn(text, MARKED)) note(id, offset);
    for (const [, id = '', part = ''] of text.matchAll(LEFT)) of(id).left.push(part);
    for (const [, service = '', named = ''] of text.matchAll(STOOD_IN))
      for (const [, id = ''] of named.matchAll(ID)) of(id).awaited.push(service);
  }
  for (const { path, text } of tests) {
    for (const match of text.matchAll(TESTED)) {
      const [, runner = '', side, id = ''] = match;
      if (NOT_RUN.test(runner)) continue;
      of(id)[side === 'holds' ? 'holds' : 'breaks'].push(`${path}:${lineOf(text, match.index)}`);
    }
  }
  return found;
};

/** The status of one rule and the reason for it. */
export const judgeCoverage = (
  rule: CatalogueRule,
  { where, stated, awaited: stoodInFor, left, holds, breaks }: Evidence,
  hasService: (service: string) => boolean,
): RuleCoverage => {
  const tests = [...holds, ...breaks];
  const told = (status: CoverageStatus, why: string) => ({
    id: rule.id,
    status,
    where: [...where, ...stated],
    tests,
    why,
  });
  const missing = stoodInFor.find((service) => !hasService(service));
  if (missing !== undefined) {
    return told(
      `waiting:${missing}`,
      `Judged by what a stand-in tells; the service ${missing} is not built yet.`,
    );
  }
  if (left.length > 0) return told('open', `Enforced in part: ${left.join('; ')}.`);
  if (where.length > 0 && holds.length > 0 && breaks.length > 0) {
    return told('enforced', 'Enforced in the sources, and tests show both sides.');
  }
  const awaited = rule.enforcedBy.find((enforcer) => enforcer !== 'all');
  const last = rule.enforcedBy.findLast((enforcer) => enforcer !== 'all');
  if (where.length === 0 && stated.length > 0) {
    return last === undefined || hasService(last)
      ? told('open', 'Stated in libs/law, called by no service.')
      : told(
          `waiting:${last}`,
          `Stated in libs/law; the service ${last}, which acts on it, is not built yet.`,
        );
  }
  if (where.length === 0 && rule.outcomes.every((outcome) => outcome === 'POLICY')) {
    return told('policy', 'A duty or principle without a check at run time.');
  }
  if (where.length === 0 && awaited && !hasService(awaited)) {
    return told(`waiting:${awaited}`, `The service ${awaited} that enforces it is not built yet.`);
  }
  return told('open', whyOpen(where, holds, breaks));
};

const NOTHING: Evidence = { where: [], stated: [], awaited: [], left: [], holds: [], breaks: [] };

const whyOpen = (where: readonly string[], holds: readonly string[], breaks: readonly string[]): string => {
  if (where.length === 0 && holds.length + breaks.length === 0) return 'Nothing enforces it yet.';
  if (where.length === 0) return 'Tests name it, but no source states it.';
  if (holds.length + breaks.length === 0) return 'Enforced in the sources, but no test names it.';
  return `Enforced in the sources, but no test shows ${holds.length === 0 ? 'the lawful side' : 'the breach'}.`;
};

const isTest = (path: string): boolean => path.endsWith('.test.ts');
