/** A pin, filled while it holds something. */
export function PinGlyph({ filled }: { readonly filled: boolean }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" width="14" height="14">
      <path
        d="M5 1.5h6M6 1.5v4L3.5 9h9L10 5.5v-4M8 9v5.5"
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
