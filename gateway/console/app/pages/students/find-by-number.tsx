import { useLazyQuery } from '@apollo/client/react';
import { Alert, Button, Flex, Input, Space } from 'antd';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { ProblemList } from '../../graph/problem-list.tsx';
import { type Problem, problemsOf } from '../../graph/problems.ts';
import { useTexts } from '../../language/language.tsx';
import { StudentByNumberDocument } from './generated/student-by-number.ts';
import { texts } from './texts.ts';

/** Nobody learns from the difference whether a child exists (PRV-15). */
const answeredAlike = ['NOT_FOUND', 'OUT_OF_JURISDICTION'];

/** Finds one student by a number, which goes into the body of a question and never into an address. */
export const FindByNumber = () => {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const [said, setSaid] = useState<'NOTHING' | 'MISSING' | readonly Problem[]>('NOTHING');
  const [find, { loading }] = useLazyQuery(StudentByNumberDocument, {
    fetchPolicy: 'no-cache',
    errorPolicy: 'all',
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data, error } = await find({ variables: { number: number.trim().toUpperCase() } });
    const id = data?.studentByNumber?.id;
    const problems = problemsOf(error).filter(({ code }) => !answeredAlike.includes(code));
    if (id) navigate(`/students/${id}`);
    else setSaid(problems.length > 0 ? problems : 'MISSING');
  };
  return (
    <Flex vertical gap="small">
      <form onSubmit={(event) => void submit(event)} autoComplete="off">
        <Space.Compact block>
          <Input
            aria-label={t.number}
            placeholder={t.number}
            value={number}
            onChange={({ target }) => {
              setNumber(target.value);
              setSaid('NOTHING');
            }}
          />
          <Button type="primary" htmlType="submit" loading={loading} disabled={number.trim() === ''}>
            {t.find}
          </Button>
        </Space.Compact>
      </form>
      {said === 'MISSING' && <Alert type="info" showIcon title={t.notFound} role="status" />}
      {typeof said === 'object' && <ProblemList problems={said} />}
    </Flex>
  );
};
