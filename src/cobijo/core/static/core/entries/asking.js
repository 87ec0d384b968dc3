// Reading for a page that stays open: what the server answers, or a sentence for the reader where there is nothing to show.

import { Silence } from "./server.js";

/** Why there is nothing to show; code: that of the server's refusal, where it was one. */
export class Unanswered extends Error {
  constructor(sentence, code = "") {
    super(sentence);
    this.code = code;
  }
}

/** The body of an answer. words: read_no_answer and read_signed_out, for where none comes. */
export async function ask(words, request) {
  const answer = await request().catch((trouble) => {
    throw trouble instanceof Silence ? new Unanswered(words.read_no_answer) : trouble;
  });
  if (answer.status === 200 && answer.body) return answer.body;
  const signedOut = answer.status === 0 || answer.status === 401;
  if (signedOut) throw new Unanswered(words.read_signed_out);
  throw new Unanswered(answer.body?.detail ?? words.read_no_answer, answer.body?.code);
}
