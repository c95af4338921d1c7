import { Cell, classNames, HeaderCell, Row, Table } from '@openvenue/ui';
import type { ReactNode } from 'react';
import { useMedia } from '../../shell/use-media.ts';

export interface Column<Item> {
  readonly key: string;
  readonly title: string;
  readonly cell: (item: Item) => ReactNode;
}

export interface RowListProps<Item> {
  readonly label: string;
  /** The first one names the row; on a phone it is the head of a card. */
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly actions?: (item: Item) => ReactNode;
  readonly actionsTitle?: string;
  readonly isStale: boolean;
  /** What follows the last row, such as a button for more. */
  readonly footer?: ReactNode;
}

/** Rows of figures: a table where there is room, cards on a phone. */
export function RowList<Item>(props: RowListProps<Item>) {
  const isPhone = useMedia('(max-width: 639px)');
  return (
    <div className={classNames('h-full min-h-0', props.isStale && 'ov-stale')}>
      {isPhone ? <Cards {...props} /> : <Rows {...props} />}
    </div>
  );
}

function Rows<Item>({ label, columns, items, keyOf, actions, actionsTitle, footer }: RowListProps<Item>) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          {columns.map(({ key, title }, index) => (
            <HeaderCell key={key} align={index === 0 ? 'left' : 'right'}>
              {title}
            </HeaderCell>
          ))}
          {actions !== undefined && <HeaderCell className="right-0 z-20">{actionsTitle}</HeaderCell>}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={keyOf(item)}>
            {columns.map(({ key, cell }, index) => (
              <Cell key={key} align={index === 0 ? 'left' : 'right'}>
                {cell(item)}
              </Cell>
            ))}
            {actions !== undefined && (
              <Cell className="sticky right-0 bg-panel">
                <span className="inline-flex gap-1">{actions(item)}</span>
              </Cell>
            )}
          </Row>
        ))}
        {footer !== undefined && (
          <tr>
            <td colSpan={columns.length + (actions === undefined ? 0 : 1)} className="p-2 text-center">
              {footer}
            </td>
          </tr>
        )}
      </tbody>
    </Table>
  );
}

function Cards<Item>({ label, columns, items, keyOf, actions, footer }: RowListProps<Item>) {
  const [head, ...rest] = columns;
  return (
    <>
      <ul aria-label={label} className="divide-y divide-line">
        {items.map((item) => (
          <li key={keyOf(item)} className="flex flex-col gap-2 p-3">
            <div>{head?.cell(item)}</div>
            <dl className="grid grid-cols-3 gap-x-3 gap-y-2">
              {rest.map(({ key, title, cell }) => (
                <div key={key} className="min-w-0">
                  <dt className="truncate text-label text-muted">{title}</dt>
                  <dd className="break-words tabular-nums">{cell(item)}</dd>
                </div>
              ))}
            </dl>
            {actions !== undefined && <div className="flex gap-2 *:h-11 *:grow">{actions(item)}</div>}
          </li>
        ))}
      </ul>
      {footer !== undefined && <div className="p-3 text-center">{footer}</div>}
    </>
  );
}
