/** A message's text, drawn from its parsed tree. */
export function MessageBody({ body }: { body: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap">
      {body}
    </p>
  );
}
