import { composeServices } from '@theguild/federation-composition';
import { type DocumentNode, Kind, parse, print, visit } from 'graphql';

/** One subgraph: the name of its service and its whole SDL. */
export type Subgraph = { name: string; sdl: string };

/** Every reason why the subgraphs do not fit together. */
export class CompositionError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The subgraphs do not compose:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'CompositionError';
    this.problems = problems;
  }
}

/** Stands in the supergraph for the address of a service; the real one comes from SUBGRAPH_URLS. */
const placeholder = (name: string): string => `http://${name}.invalid/graphql`;

/** The supergraph of the subgraphs, in the order of their names; throws a CompositionError. */
export const composeSupergraph = (subgraphs: readonly Subgraph[]): string => {
  const services = subgraphs
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, sdl }) => ({ name, url: placeholder(name), typeDefs: parse(sdl, { noLocation: true }) }));
  const result = composeServices(services);
  if (result.errors) throw new CompositionError(result.errors.map((error) => error.message));
  return result.supergraphSdl;
};

/**
 * The supergraph as Apollo Gateway takes it: the gateway refuses features whose @link says `for: SECURITY`, so
 * the purpose is taken out here. The directives stay; authorization/ enforces them.
 */
export const withoutSecurityPurpose = (supergraphSdl: string): string => {
  const document: DocumentNode = parse(supergraphSdl);
  return print(
    visit(document, {
      Directive: (node) =>
        node.name.value !== 'link'
          ? undefined
          : {
              ...node,
              arguments: node.arguments?.filter(
                (argument) =>
                  !(
                    argument.name.value === 'for' &&
                    argument.value.kind === Kind.ENUM &&
                    argument.value.value === 'SECURITY'
                  ),
              ),
            },
    }),
  );
};

/** Names and addresses of the subgraphs that a supergraph joins. */
const joinedIn = (supergraphSdl: string): { name: string; url: string }[] => {
  const joined: { name: string; url: string }[] = [];
  visit(parse(supergraphSdl), {
    Directive: ({ name, arguments: said = [] }) => {
      if (name.value !== 'join__graph') return;
      const text = (wanted: string): string => {
        const value = said.find((argument) => argument.name.value === wanted)?.value;
        return value?.kind === Kind.STRING ? value.value : '';
      };
      joined.push({ name: text('name'), url: text('url') });
    },
  });
  return joined;
};

/** Names of the subgraphs that a supergraph joins. */
export const subgraphNames = (supergraphSdl: string): string[] =>
  joinedIn(supergraphSdl).map(({ name }) => name);

/** Addresses that a supergraph itself gives its subgraphs: none where there stands a placeholder. */
export const subgraphUrls = (supergraphSdl: string): Record<string, string> =>
  Object.fromEntries(
    joinedIn(supergraphSdl).flatMap(({ name, url }) =>
      URL.canParse(url) && url !== placeholder(name) ? [[name, url]] : [],
    ),
  );
