import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

export interface CheckboxProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** A box with its label. */
export function Checkbox({ checked, onChange, children, disabled = false, className }: CheckboxProps) {
  const id = useId();
  return (
    <span className={classNames('inline-flex items-center gap-1.5 max-sm:min-h-11', className)}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="ov-checkbox"
      />
      <label htmlFor={id} className="cursor-pointer">
        {children}
      </label>
    </span>
  );
}
