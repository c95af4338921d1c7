import { createContext, type KeyboardEvent, type ReactNode, use, useId } from 'react';
import { classNames } from './class-names.ts';

export interface TabItem<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
}

export interface TabListProps<Value extends string> {
  readonly items: readonly TabItem<Value>[];
  /** Name of the list for readers of the screen. */
  readonly label: string;
  /** Tabs share the whole width, as on a phone. */
  readonly stretch?: boolean;
  readonly className?: string;
}

export interface TabsProps<Value extends string> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string;
  readonly children: ReactNode;
}

interface TabsState {
  readonly id: string;
  readonly value: string;
  readonly choose: (value: string) => void;
}

const TabsContext = createContext<TabsState | undefined>(undefined);

function useTabs(): TabsState {
  const state = use(TabsContext);
  if (state === undefined) throw new Error('a tab stands outside of its tabs');
  return state;
}

/** The state of a set of tabs; holds a `TabList` and `TabPanel`s. */
export function Tabs<Value extends string>({ value, onChange, className, children }: TabsProps<Value>) {
  const id = useId();
  return (
    <TabsContext value={{ id, value, choose: (next) => onChange(next as Value) }}>
      <div className={className}>{children}</div>
    </TabsContext>
  );
}

/** The tabs themselves: one stop of the Tab key, the arrows go from one to the next. */
export function TabList<Value extends string>({ items, label, stretch = false, className }: TabListProps<Value>) {
  const { id, value, choose } = useTabs();
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
    const current = items.findIndex((item) => item.value === value);
    const target =
      event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : current + (steps[event.key] ?? Number.NaN);
    const next = items[(target + items.length) % items.length];
    if (Number.isNaN(target) || next === undefined) return;
    event.preventDefault();
    choose(next.value);
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label={label}
      onKeyDown={move}
      className={classNames('flex min-w-0 overflow-x-auto [scrollbar-width:none]', className)}
    >
      {items.map((item) => (
        <button
          key={item.value}
          type="button"
          role="tab"
          id={`${id}-tab-${item.value}`}
          data-value={item.value}
          aria-selected={item.value === value}
          {...(item.value === value ? { 'aria-controls': `${id}-panel-${item.value}` } : {})}
          tabIndex={item.value === value ? 0 : -1}
          onClick={() => choose(item.value)}
          className={classNames(
            'h-9 shrink-0 border-b-2 border-transparent px-3 whitespace-nowrap text-muted outline-offset-[-2px] hover:text-text aria-selected:border-accent aria-selected:font-medium aria-selected:text-text max-sm:h-11',
            stretch && 'flex-1',
          )}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}

export interface TabPanelProps {
  readonly value: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** What belongs to a tab; there only while the tab is chosen. */
export function TabPanel({ value, className, children }: TabPanelProps) {
  const tabs = useTabs();
  if (tabs.value !== value) return null;
  return (
    <div
      role="tabpanel"
      id={`${tabs.id}-panel-${value}`}
      aria-labelledby={`${tabs.id}-tab-${value}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel may hold nothing else that can be focused.
      tabIndex={0}
      className={classNames('min-h-0 outline-offset-[-2px]', className)}
    >
      {children}
    </div>
  );
}
