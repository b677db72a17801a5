export interface Vote {
  pollId: string;
  optionId: string;
}

/** What is wrong with a request, in words for the person who sent it. */
export class InvalidVote extends Error {}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function parseVote(body: unknown): Vote {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new InvalidVote("Send a JSON object with poll_id and option_id");
  }
  const fields = body as Record<string, unknown>;
  return {
    pollId: uuid(fields, "poll_id"),
    optionId: uuid(fields, "option_id"),
  };
}

function uuid(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  if (typeof value !== "string" || !UUID.test(value)) {
    throw new InvalidVote(`${name} is not a UUID`);
  }
  return value.toLowerCase();
}
