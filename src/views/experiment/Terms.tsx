import { sweepForm as text } from '../../strings/sweep-form.ts';
import { Term } from '../controls/Term.tsx';

/** Words nearby that a student may not know: tapped, each says what it means. */
export function Terms({ of }: { readonly of: readonly (keyof typeof text.terms)[] }) {
  return (
    <div className="plan-terms small muted">
      {text.termsLead}
      {of.map((name) => {
        const [term, meaning] = text.terms[name];
        return <Term key={name} term={term} meaning={meaning} />;
      })}
    </div>
  );
}
