/** A unit that can be chosen, and, once they were asked for, those below it. */
export type PlaceOption = { value: string; label: string; isLeaf: boolean; children?: PlaceOption[] };

type Unit = { code: string; name: string; level: string };

const optionOf = ({ code, name, level }: Unit): PlaceOption => ({
  value: code,
  label: name,
  isLeaf: level === 'COUNTY',
});

/** The options with the units below the last code of the path; an empty path stands for the nation. */
export const withBelow = (
  options: readonly PlaceOption[],
  path: readonly string[],
  units: readonly Unit[],
): PlaceOption[] => {
  const [first, ...rest] = path;
  if (first === undefined) return units.map(optionOf);
  return options.map((option) =>
    option.value === first ? { ...option, children: withBelow(option.children ?? [], rest, units) } : option,
  );
};
