import { Alert, Button, Flex, Select } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { AssignClassDocument } from './generated/assign-class.ts';
import type { ClassShownFragment } from './generated/class.ts';
import { texts } from './texts.ts';

type Props = {
  classes: readonly ClassShownFragment[];
  /** Registrations that were chosen, with the versions that were seen. */
  chosen: readonly { id: string; version: number }[];
  /** Whether they leave another class. */
  isMove?: boolean;
  /** Name of the question that shows them. */
  page: string;
  onDone(): void;
};

/** Places all who were chosen in one class, or nobody: what stands against it is told (ENR-16). */
export const PlacePupils = ({ classes, chosen, isMove = false, page, onDone }: Props) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const [into, setInto] = useState<string>();
  const [placed, setPlaced] = useState<number>();
  const order = useOrder(AssignClassDocument, {
    findingsOf: ({ assignClass }) => assignClass.findings,
    refetch: [page],
  });
  const give = async (schoolClass: string): Promise<void> => {
    setPlaced(undefined);
    const enrollments = chosen.map(({ id, version }) => ({ enrollment: id, expectedVersion: version }));
    const answered = await order.give({ schoolClass, enrollments });
    if (!answered?.assignClass.schoolClass) return;
    setPlaced(answered.assignClass.assigned);
    onDone();
  };
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap align="center">
        <span role="status">
          {t.chosen} {formats.number(chosen.length)}
        </span>
        <Select
          aria-label={isMove ? t.moveInto : t.into}
          placeholder={isMove ? t.moveInto : t.into}
          className="class-choice"
          value={into}
          onChange={setInto}
          options={classes.map(({ id, name, size, capacity }) => ({
            value: id,
            label: `${name} (${formats.number(size)}/${formats.number(capacity)})`,
          }))}
        />
        <Button
          type="primary"
          disabled={!into || chosen.length === 0}
          loading={order.underWay}
          onClick={() => into && void give(into)}
        >
          {isMove ? t.move : t.place}
        </Button>
      </Flex>
      {placed !== undefined && (
        <Alert type="success" showIcon role="status" title={`${t.placed} ${formats.number(placed)}`} />
      )}
      <OrderOutcome outcome={order.outcome} />
    </Flex>
  );
};
