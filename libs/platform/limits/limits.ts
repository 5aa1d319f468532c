import { GraphQLError, type ValidationRule } from 'graphql';
import { measure, type Size } from './measure.ts';

/** The most that an operation may be. */
export type Limits = Size;

const words: Record<keyof Size, string> = {
  depth: '嵌套层数 levels',
  lists: '列表套列表的层数 lists within lists',
  aliases: '别名 aliases',
  directives: '指令 directives',
  directivesOnOne: '单个字段上的指令 directives on one field',
  fields: '字段 fields',
  rootFields: '根字段 root fields',
};

/** Refuses documents beyond a limit; names every limit that was passed. */
export const limitRule =
  (limits: Limits): ValidationRule =>
  (context) => ({
    Document: (document) => {
      const size = measure(context.getSchema(), document);
      for (const name of Object.keys(words) as (keyof Size)[]) {
        if (size[name] <= limits[name]) continue;
        context.reportError(
          new GraphQLError(`超出限制：${words[name]}: ${size[name]} > ${limits[name]}.`, {
            extensions: { limit: { name, most: limits[name], found: size[name] } },
          }),
        );
      }
    },
  });
