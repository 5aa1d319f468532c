import { buildASTSchema, type ConstDirectiveNode, type DefinitionNode, Kind, parse, print } from 'graphql';
import type { Audience } from './audiences.ts';
import { type Kept, keptFor } from './kept.ts';

/** Types by which a supergraph says how it is joined; callers never see them. */
const isMachinery = (name: string): boolean => name.includes('__');

/** A union says of each member where it comes from: those that went take that along. */
const isOfKept = (kept: Kept, { arguments: said = [] }: ConstDirectiveNode): boolean => {
  const member = said.find(({ name }) => name.value === 'member')?.value;
  return member?.kind !== Kind.STRING || kept.types.has(member.value);
};

const keep = (kept: Kept, node: DefinitionNode): DefinitionNode[] => {
  switch (node.kind) {
    case Kind.SCHEMA_DEFINITION:
      return [
        {
          ...node,
          operationTypes: node.operationTypes.filter(({ type }) => kept.types.has(type.name.value)),
        },
      ];
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const name = node.name.value;
      const fields = node.fields?.filter((field) => kept.fields.has(`${name}.${field.name.value}`));
      return kept.types.has(name) ? [{ ...node, fields }] : [];
    }
    case Kind.UNION_TYPE_DEFINITION: {
      const types = node.types?.filter(({ name }) => kept.types.has(name.value));
      return kept.types.has(node.name.value)
        ? [{ ...node, types, directives: node.directives?.filter((one) => isOfKept(kept, one)) }]
        : [];
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return isMachinery(node.name.value) || kept.types.has(node.name.value) ? [node] : [];
    default:
      return [node];
  }
};

/**
 * The supergraph with what an audience has of it and nothing else: a whole supergraph of its own, over the same subgraphs,
 * which any router may serve.
 */
export const variantOf = (supergraphSdl: string, audience: Audience): string => {
  const document = parse(supergraphSdl, { noLocation: true });
  const kept = keptFor(buildASTSchema(document, { assumeValidSDL: true }), audience);
  return print({ ...document, definitions: document.definitions.flatMap((node) => keep(kept, node)) });
};
