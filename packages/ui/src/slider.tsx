import { classNames } from './class-names.ts';

export interface SliderProps {
  readonly label: string;
  /** Whole number from `min` to `max`. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Draws a mark at every quarter. */
  readonly hasMarks?: boolean;
  /** The value in words, such as "25 %". */
  readonly valueText?: string;
  readonly disabled?: boolean;
  readonly className?: string;
}

const QUARTERS = [0, 25, 50, 75, 100];

/** The platform's slider with the look of the terminal. */
export function Slider(props: SliderProps) {
  const { label, value, onChange, min = 0, max = 100, step = 1, hasMarks = true, disabled = false } = props;
  const share = max === min ? 0 : (value - min) / (max - min);
  return (
    <span className={classNames('relative flex h-6 items-center max-sm:h-11', props.className)}>
      <span aria-hidden className="pointer-events-none absolute inset-x-2 h-[3px] rounded bg-raised-hover">
        <span
          className="absolute inset-0 origin-left rounded bg-accent"
          style={{ transform: `scaleX(${share.toString()})` }}
        />
        {hasMarks &&
          QUARTERS.map((percent) => (
            <span
              key={percent}
              className="absolute top-1/2 size-1.5 -translate-x-1/2 -translate-y-1/2 rotate-45 bg-line-input"
              style={{ left: `${percent.toString()}%` }}
            />
          ))}
      </span>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={props.valueText}
        value={value}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        onChange={(event) => onChange(Number(event.target.value))}
        className="ov-slider"
      />
    </span>
  );
}
