/** Texts that are the same each time they are sent, and whose plan does not depend on how much lies in a scope. */
const lasting =
  /^\s*(insert into|update|delete from|select (set_scope|record_events)\()|\bfor update\s*$|\bwhere (\w+\.)?\w+_id = (\$1|any\(\$1::uuid\[\]\))(\s+order by [\w, ]+)?\s*$/i;

/** How often a text is sent before the server is asked to keep its plan. */
const often = 5;
/** Plans that one connection keeps at most. */
const most = 300;

/** Name under which the server keeps the plan of a statement; undefined for what is planned anew each time. */
export type PlanNames = (text: unknown) => string | undefined;

/**
 * Names plans, each text its own: of what is sent often and is no list. What is sent seldom, has another text each time,
 * or reads lists is planned anew, for what it finds in its scope. Half of what a small write costs the server is its
 * planning.
 */
export const createPlanNames = (): PlanNames => {
  const seen = new Map<string, number>();
  const names = new Map<string, string>();
  return (text) => {
    if (typeof text !== 'string') return undefined;
    const known = names.get(text);
    if (known !== undefined || names.size >= most || !lasting.test(text)) return known;
    const times = (seen.get(text) ?? 0) + 1;
    if (times < often) {
      if (seen.size < 10 * most) seen.set(text, times);
      return undefined;
    }
    seen.delete(text);
    const name = `s${names.size + 1}`;
    names.set(text, name);
    return name;
  };
};
