import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

/** A table that scrolls inside its panel under a header that stays. */
export function Table({ label, className, ...rest }: ComponentProps<'table'> & { readonly label: string }) {
  return (
    <section
      aria-label={label} // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard.
      tabIndex={0}
      className="h-full overflow-auto outline-offset-[-2px]"
    >
      <table aria-label={label} className={classNames('w-full border-collapse tabular-nums', className)} {...rest} />
    </section>
  );
}

/** Cells of numbers stand on the right. */
export interface CellProps {
  readonly align?: 'left' | 'right';
}

export function HeaderCell({ align = 'right', className, ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope="col"
      className={classNames(
        'sticky top-0 z-10 h-8 bg-panel px-2 xl:px-3 font-normal whitespace-nowrap text-muted',
        align === 'right' ? 'text-right' : 'text-left',
        className,
      )}
      {...rest}
    />
  );
}

export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={classNames('border-t border-line hover:bg-raised/40', className)} {...rest} />;
}

export function Cell({ align = 'right', className, ...rest }: ComponentProps<'td'> & CellProps) {
  return (
    <td
      className={classNames(
        'h-9 px-2 whitespace-nowrap xl:px-3',
        align === 'right' ? 'text-right' : 'text-left',
        className,
      )}
      {...rest}
    />
  );
}
