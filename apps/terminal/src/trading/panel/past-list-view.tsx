import { Button, EmptyState, ErrorState, LoadingState } from '@openvenue/ui';
import { useTradingText } from '../text/index.ts';
import { type Column, RowList } from './row-list.tsx';
import type { PastList } from './use-past-list.ts';

export interface PastListViewProps<Item> {
  readonly label: string;
  readonly emptyText: string;
  readonly past: PastList<Item>;
  readonly columns: readonly Column<Item>[];
  readonly keyOf: (item: Item) => string;
  readonly isStale: boolean;
}

/** A list of the past in each of its states. */
export function PastListView<Item>({ label, emptyText, past, columns, keyOf, isStale }: PastListViewProps<Item>) {
  const { panel } = useTradingText();
  if (past.status === 'loading') return <LoadingState label={panel.loading} />;
  if (past.status === 'failed') {
    return <ErrorState message={panel.failed} retryLabel={panel.retry} onRetry={past.retry} />;
  }
  if (past.items.length === 0) return <EmptyState>{emptyText}</EmptyState>;
  return (
    <RowList
      label={label}
      columns={columns}
      items={past.items}
      keyOf={keyOf}
      isStale={isStale}
      footer={
        past.hasMore && (
          <Button size="small" className="max-sm:h-11" onClick={past.loadMore}>
            {panel.more}
          </Button>
        )
      }
    />
  );
}
