import { useLazyQuery } from '@apollo/client/react';
import { Alert, Button, Flex, Input, Space } from 'antd';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { StudentByNumberDocument } from './generated/student-by-number.ts';
import { texts } from './texts.ts';

/** Finds one student by a number, which goes into the body of a question and never into an address. */
export const FindByNumber = () => {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [find, { loading }] = useLazyQuery(StudentByNumberDocument, { fetchPolicy: 'no-cache' });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await find({ variables: { number: number.trim().toUpperCase() } });
    const id = data?.studentByNumber?.id;
    if (id) navigate(`/students/${id}`);
    else setMissing(true);
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
              setMissing(false);
            }}
          />
          <Button type="primary" htmlType="submit" loading={loading} disabled={number.trim() === ''}>
            {t.find}
          </Button>
        </Space.Compact>
      </form>
      {isMissing && <Alert type="info" showIcon title={t.notFound} role="status" />}
    </Flex>
  );
};
