import { Flex, Select } from 'antd';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { useAddress } from './address.ts';
import { ByChoice, OneChoice } from './choices.tsx';
import {
  attributes,
  genders,
  highestGrade,
  mostAttributes,
  plainDimensions,
  type StockQuestion,
  stages,
} from './question.ts';
import { texts } from './texts.ts';
import { useDimensionName } from './value-name.ts';

/** Which pupils are counted, and by what. */
export const StockBar = ({ question, isSchool }: { question: StockQuestion; isSchool: boolean }) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const dimensionName = useDimensionName();
  const { change } = useAddress();
  const { by, attributes: chosen, filter } = question;
  const grades = Array.from({ length: highestGrade }, (_, at) => at + 1);
  const known = plainDimensions.filter((dimension) => !isSchool || dimension !== 'UNIT');
  return (
    <Flex gap="small" wrap align="center" className="filters" role="group" aria-label={t.choice}>
      <ByChoice known={known} by={by} choose={(values) => change({ by: values.join(','), job: null })} />
      <Select
        mode="multiple"
        aria-label={t.attributes}
        placeholder={t.attributes}
        className="figures-choice figures-attributes"
        maxCount={mostAttributes}
        value={chosen}
        onChange={(values) => change({ attributes: values.length > 0 ? values.join(',') : null, job: null })}
        options={attributes.map((value) => ({ value, label: dimensionName(value) }))}
      />
      <OneChoice
        label={t.stage}
        value={filter.stage ?? undefined}
        options={stages.map((code) => [code, words('Stage', code)])}
        choose={(stage) => change({ stage, job: null })}
      />
      <OneChoice
        label={t.grade}
        value={filter.grade ? String(filter.grade) : undefined}
        options={grades.map((grade) => [String(grade), gradeName(grade)])}
        choose={(grade) => change({ grade, job: null })}
      />
      <OneChoice
        label={t.gender}
        value={filter.gender ?? undefined}
        options={genders.map((code) => [code, words('Gender', code)])}
        choose={(gender) => change({ gender, job: null })}
      />
    </Flex>
  );
};
