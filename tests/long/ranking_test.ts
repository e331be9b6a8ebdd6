import { checkPlantedRanking } from "../support/planted_ranking.ts";

Deno.test("the report ranks the sentences of planted chains of thought as they are, of 100 samples a cut", () =>
  checkPlantedRanking(5));
