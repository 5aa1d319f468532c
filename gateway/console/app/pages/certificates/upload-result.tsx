import { Flex } from 'antd';
import { FindingList } from '../../findings/finding-list.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Values } from '../../layout/values.tsx';
import type { PreviewOutcomesQuery } from './generated/preview-outcomes.ts';
import { texts } from './outcome-texts.ts';

type Upload = NonNullable<PreviewOutcomesQuery['previewOutcomes']>;

/** What an upload comes to: how many proceed, and of everybody who does not, every reason. */
export const UploadResult = ({ upload: { proceed, held, findings } }: { upload: Upload }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <Flex vertical gap="middle">
      <Values
        items={[
          [t.proceed, formats.number(proceed.length)],
          [t.held, formats.number(held.length)],
        ]}
      />
      <FindingList findings={findings} />
      {held.map(({ student, findings: reasons }) => (
        <section key={student.id} aria-label={student.name ?? student.id}>
          <strong>{student.name ?? '***'}</strong>
          <FindingList findings={reasons} />
        </section>
      ))}
    </Flex>
  );
};
