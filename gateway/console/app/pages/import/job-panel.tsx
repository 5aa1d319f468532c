import { Alert, Flex, Progress, Table, type TableColumnsType } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useFollowed } from '../../graph/use-stream.ts';
import { useFormats } from '../../language/formats.ts';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { FileButton } from '../../uploads/file-button.tsx';
import { ImportFollowedDocument } from './generated/import-followed.ts';
import { ImportSeenDocument, type ImportSeenQuery } from './generated/import-job.ts';
import { texts } from './texts.ts';

type Job = NonNullable<ImportSeenQuery['importJob']>;
type Row = Job['badRows'][number];

const BadRows = ({ rows }: { rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const columns: TableColumnsType<Row> = [
    { key: 'row', title: t.row, align: 'right', render: (_, { row }) => row },
    {
      key: 'problems',
      title: t.problem,
      render: (_, { problems }) => (
        <ul>
          {problems.map(({ code, item, ruleId, message, messageEn }) => (
            <li key={`${code} ${item}`}>
              {language === 'zh' ? message : messageEn} {ruleId && `(${ruleId})`}
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...rows]}
      rowKey={({ row }) => row}
      pagination={rows.length > 20 && { pageSize: 20, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
    />
  );
};

const Shown = ({ job }: { job: Job }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { language } = useLanguage();
  const isOver = job.state === 'DONE' || job.state === 'FAILED';
  useFollowed(ImportFollowedDocument, { id: job.id }, isOver);
  const percent = job.total ? Math.round((job.read / job.total) * 100) : 0;
  const figures = ['read', 'good', 'registered', 'already', 'warned', 'bad'] as const;
  return (
    <Flex vertical gap="middle">
      <div role="status">
        {words('ImportState', job.state)}
        {!isOver && <Progress percent={percent} aria-label={t.job} />}
      </div>
      {job.fileProblem && (
        <Alert
          type="error"
          showIcon
          title={language === 'zh' ? job.fileProblem.message : job.fileProblem.messageEn}
        />
      )}
      <dl className="figures">
        {figures.map((name) => (
          <div key={name}>
            <dt>{t[name]}</dt>
            <dd>{formats.number(job[name])}</dd>
          </div>
        ))}
      </dl>
      {job.reportUrl && (
        <Flex>
          <FileButton url={job.reportUrl} name="import-report.xlsx" text={t.report} />
        </Flex>
      )}
      {job.badRows.length > 0 && <BadRows rows={job.badRows} />}
    </Flex>
  );
};

/** An import as it goes on, with its report: how many are good, and what is wrong with the others. */
export const JobPanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.job}>
      <Answer document={ImportSeenDocument} variables={{ id }} select={({ importJob }) => importJob}>
        {({ importJob }) => importJob && <Shown job={importJob} />}
      </Answer>
    </Panel>
  );
};
