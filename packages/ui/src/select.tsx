import { ChevronDown } from 'lucide-react';
import { classNames } from './class-names.ts';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** The platform's own list of choices: it needs no injected style, and a phone shows its wheel. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, disabled = false, className } = props;
  return (
    <span className={classNames('relative inline-flex items-center', className)}>
      <select
        aria-label={label}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as Value)}
        className="h-6 w-full cursor-pointer appearance-none rounded bg-raised pr-6 pl-2 text-text hover:bg-raised-hover disabled:opacity-50 max-sm:h-11 max-sm:bg-transparent"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-panel text-text">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-1.5 size-3 text-muted" />
    </span>
  );
}
