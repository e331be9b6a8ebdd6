import { TokenMargins } from "../../src/scheduler/token_margins.ts";
import { findMockModel } from "./complete_body.ts";
import { MODEL } from "./mock_client.ts";

/**
 * Returns the worst-case cost of an answer of `MODEL`, with the margins for what a server may add.
 */
export function worstUsd(maxTokens: number): number {
  const { promptPrice, completionPrice } = findMockModel(MODEL);
  const margins = new TokenMargins();
  return margins.outputTokens(maxTokens) * Number(completionPrice) +
    margins.promptTokens(250) * Number(promptPrice);
}
