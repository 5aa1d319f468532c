import { Checkbox, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { texts } from './texts.ts';
import { useDimensionName } from './value-name.ts';

type ByProps<Dimension extends string> = {
  known: readonly Dimension[];
  by: readonly Dimension[];
  choose(by: readonly string[]): void;
};

/** By which dimensions a table is told. */
export const ByChoice = <Dimension extends string>({ known, by, choose }: ByProps<Dimension>) => {
  const t = useTexts(texts);
  const dimensionName = useDimensionName();
  return (
    <fieldset className="figures-by">
      <legend>{t.by}</legend>
      <Checkbox.Group
        options={known.map((value) => ({ value, label: dimensionName(value) }))}
        value={[...by]}
        onChange={(values) => {
          // Grades are told within their stage: without stages there are no grades.
          const hasLostStages = by.includes('STAGE' as Dimension) && !values.includes('STAGE' as Dimension);
          choose(hasLostStages ? values.filter((value) => value !== 'GRADE') : values);
        }}
      />
    </fieldset>
  );
};

type OneProps = {
  label: string;
  value: string | undefined;
  options: readonly (readonly [value: string, text: string])[];
  choose(value: string | null): void;
};

/** One value, or all of them. */
export const OneChoice = ({ label, value, options, choose }: OneProps) => (
  <Select
    aria-label={label}
    placeholder={label}
    allowClear
    className="filter"
    value={value}
    onChange={(chosen: string | undefined) => choose(chosen ?? null)}
    options={options.map(([code, text]) => ({ value: code, label: text }))}
  />
);
