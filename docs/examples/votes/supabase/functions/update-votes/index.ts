// Casts the caller's vote and answers with the poll's new tallies.

import { createClient, type PostgrestError } from "@supabase/supabase-js";
import { json, preflight } from "../_shared/cors.ts";
import { InvalidVote, parseVote } from "./vote.ts";

// SQLSTATEs that cast_vote raises on purpose; anything else is our fault.
const STATUS_OF_REFUSAL: Record<string, number> = {
  "28000": 401,
  "P0001": 409,
  "P0002": 404,
};

Deno.serve(async (request) => {
  if (request.method === "OPTIONS") {
    return preflight();
  }
  if (request.method !== "POST") {
    return json(405, { error: "Send a POST request" });
  }
  const authorization = request.headers.get("Authorization");
  if (authorization === null) {
    return json(401, { error: "Sign in to vote" });
  }
  try {
    return await vote(authorization, await readJson(request));
  } catch (error) {
    if (error instanceof InvalidVote) {
      return json(400, { error: error.message });
    }
    console.error(error);
    return json(500, { error: "The vote could not be cast; try again" });
  }
});

async function vote(authorization: string, body: unknown): Promise<Response> {
  const { pollId, optionId } = parseVote(body);

  // With the caller's own token, so that the database knows who votes and its policies hold.
  const supabase = createClient(
    required("SUPABASE_URL"),
    required("SUPABASE_ANON_KEY"),
    {
      global: { headers: { Authorization: authorization } },
      auth: { persistSession: false, autoRefreshToken: false },
    },
  );

  const cast = await supabase.rpc("cast_vote", {
    poll_id: pollId,
    option_id: optionId,
  });
  if (cast.error !== null) {
    return refusal(cast.error);
  }

  const tallies = await supabase
    .from("poll_results")
    .select("option_id, label, votes")
    .eq("poll_id", pollId)
    .order("position");
  if (tallies.error !== null) {
    throw tallies.error;
  }
  return json(200, { poll_id: pollId, tallies: tallies.data });
}

function refusal(error: PostgrestError): Response {
  const status = STATUS_OF_REFUSAL[error.code];
  if (status === undefined) {
    throw error;
  }
  return json(status, { error: error.message });
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw new InvalidVote("The request body is not JSON");
  }
}

function required(name: string): string {
  const value = Deno.env.get(name);
  if (value === undefined) {
    throw new Error(`${name} is not set`);
  }
  return value;
}
