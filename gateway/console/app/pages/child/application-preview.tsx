import { Alert, Flex } from 'antd';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Values } from '../../layout/values.tsx';
import {
  PreviewApplicationDocument,
  type PreviewApplicationQuery,
  type PreviewApplicationQueryVariables,
} from './generated/preview-application.ts';
import { texts } from './texts.ts';

type Preview = NonNullable<PreviewApplicationQuery['previewTransferApplication']>;

const Expected = ({
  preview: { kind, checks, answerBy, arrangedByCounty, findings },
}: {
  preview: Preview;
}) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  return (
    <Flex vertical gap="middle">
      {findings.length > 0 ? (
        <FindingList findings={findings} />
      ) : (
        <Alert type="success" showIcon title={t.nothingAgainst} />
      )}
      <Values
        items={[
          [t.kind, words('TransferKind', kind)],
          [t.answerBy, formats.day(answerBy.on)],
          [t.checks, checks.map((each) => words('TransferSchoolCheck', each)).join('；') || '–'],
        ]}
      />
      {arrangedByCounty && <p className="quiet">{t.byCounty}</p>}
    </Flex>
  );
};

/** What would come of an application. */
export const ApplicationPreview = ({
  application,
}: {
  application: PreviewApplicationQueryVariables['input'];
}) => (
  <Answer
    document={PreviewApplicationDocument}
    variables={{ input: application }}
    select={({ previewTransferApplication }) => previewTransferApplication}
  >
    {({ previewTransferApplication: preview }) => preview && <Expected preview={preview} />}
  </Answer>
);
