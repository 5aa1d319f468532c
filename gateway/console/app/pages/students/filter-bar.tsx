import { Flex, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { stages, statuses } from './filter.ts';
import { texts } from './texts.ts';

const highestGrade = 9;

/** Filters of the list; they stand in the address, so that a list can be kept and passed on. */
export const FilterBar = () => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const [search, setSearch] = useSearchParams();
  const choose = (name: string) => (value: string | undefined) =>
    setSearch((earlier) => {
      const next = new URLSearchParams(earlier);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  const grades = Array.from({ length: highestGrade }, (_, at) => at + 1);
  const choices = [
    { name: 'stage', label: t.stage, options: stages.map((code) => [code, words('Stage', code)] as const) },
    {
      name: 'grade',
      label: t.grade,
      options: grades.map((grade) => [String(grade), gradeName(grade)] as const),
    },
    {
      name: 'status',
      label: t.status,
      options: statuses.map((code) => [code, words('EnrollmentStatus', code)] as const),
    },
  ];
  return (
    <Flex gap="small" wrap className="filters" role="group" aria-label={t.filters}>
      {choices.map(({ name, label, options }) => (
        <Select
          key={name}
          aria-label={label}
          placeholder={label}
          allowClear
          className="filter"
          value={search.get(name) ?? undefined}
          onChange={choose(name)}
          options={options.map(([value, text]) => ({ value, label: text }))}
        />
      ))}
    </Flex>
  );
};
